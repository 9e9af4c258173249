"""Histories in bulk: the same for the same seed, sealed, believable, and free of overlaps."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from journaling.models import Entry
from koru.desk.seeding.bulk import load
from koru.desk.seeding.chance import Chance
from koru.desk.seeding.copying import copy_in
from koru.desk.seeding.courses import COURSES, Course, course_named
from koru.desk.seeding.histories import Life, Written, check_ins
from koru.desk.seeding.rows import entry_row
from koru.moments.spans import Span
from koru.people.models import Alliance, Person
from koru.privacy.door import open_record
from koru.reminders.models import Letter
from koru.safety.flags import Flag
from koru.sealing.keyring import keyring
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.people import make_client

UNTIL = datetime(2026, 11, 24, 15, tzinfo=UTC)
FACTS = ("id", "client_id", "at", "answers", "tags", "key")


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_histories() -> None:
    load(12, 1, 7, UNTIL)
    first = list(CheckIn.objects.order_by("id").values_list(*FACTS))
    texts = [entry.text for entry in Entry.objects.order_by("id")]
    flags = list(Flag.objects.order_by("id").values_list("id", "client_id", "key", "level", "outcome", "closed_at"))
    assert flags
    CheckIn.objects.all().delete()
    Flag.objects.all().delete()
    Person.objects.filter(role="client").delete()
    Appointment.objects.all().delete()
    Person.objects.all().delete()
    load(12, 1, 7, UNTIL)
    assert list(CheckIn.objects.order_by("id").values_list(*FACTS)) == first
    assert [entry.text for entry in Entry.objects.order_by("id")] == texts
    assert list(Flag.objects.order_by("id").values_list("id", "client_id", "key", "level", "outcome", "closed_at")) == flags


@pytest.mark.django_db
def test_two_seeds_stand_side_by_side_and_one_isnt_loaded_twice(capsys: pytest.CaptureFixture[str]) -> None:
    for seed in (1, 2, 2):
        call_command("seed", clients=3, years=1, seed=seed)
    assert Person.objects.filter(role="client").count() == 6
    assert "Seed 2 is loaded already." in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd", [{"clients": 0}, {"clients": -1}, {"clients": 10**7}, {"years": 0}, {"until": datetime(2026, 1, 1)}]
)
def test_odd_sizes_are_refused_in_words(odd: dict[str, object]) -> None:
    with pytest.raises(CommandError, match="Up to"):
        call_command("seed", **{"clients": 2, "years": 1, "seed": 1, **odd})
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_nobody_is_in_two_places_and_nobody_is_written_to() -> None:
    load(30, 1, 3, UNTIL)
    live = Appointment.objects.exclude(state="cancelled").order_by("padded")
    for who in ("therapist_id", "room_id", "client_id"):
        by_one: dict[object, list[Span]] = {}
        for row in live.exclude(**{who: None}):
            by_one.setdefault(getattr(row, who), []).append(Span.of_range(row.padded))
        assert not [pair for spans in by_one.values() for pair in pairwise(sorted(spans)) if pair[0].overlaps(pair[1])]
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_what_lies_behind_took_place_and_what_is_ahead_is_booked() -> None:
    load(30, 1, 3, UNTIL)
    assert not Appointment.objects.filter(during__startswith__gt=UNTIL).exclude(state__in=["booked", "cancelled"]).exists()
    assert not Appointment.objects.filter(during__endswith__lte=UNTIL, state="booked").exists()
    assert not CheckIn.objects.filter(at__gt=UNTIL).exists()
    assert not Entry.objects.filter(at__gt=UNTIL).exists()


@pytest.mark.django_db
def test_the_odd_ones_of_the_list_are_there() -> None:
    load(8, 3, 5, UNTIL)
    names = set(Person.objects.filter(role="client").values_list("display_name", flat=True))
    assert "Q" in names
    assert any(len(name) == 60 for name in names)
    assert Person.objects.filter(zone="Europe/Dublin").count() == 1
    shares = Entry.objects.values("client__email").annotate(kinds=Count("share", distinct=True))
    assert {row["client__email"]: row["kinds"] for row in shares}["client-5-2@seed.example.org"] == 1


@pytest.mark.django_db
def test_seeded_people_can_be_read_through_the_door_and_have_no_password() -> None:
    load(3, 1, 5, UNTIL)
    person = Person.objects.get(email="client-5-1@seed.example.org")
    assert not person.has_usable_password()
    Alliance.objects.update(until=None)
    with open_record(person, by=person.alliances.get().therapist, why="brief") as record:
        assert Entry.objects.readable_in(record).count() == 0  # this one shares nothing


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["tab\there", "line\nline\r\n", "back\\slash \\N \\.", "\U0001f33f \u05d3", "x" * 100_000])
def test_copied_words_open_as_they_were_written(text: str) -> None:
    client, at = make_client(), UNTIL
    with keyring():
        assert copy_in(Entry, [entry_row(client, Written(at, text, "only_me", title="a\\b"), Chance(1))]) == 1
    entry = Entry.objects.get()
    assert (entry.text, entry.title, entry.at, entry.share) == (text, "a\\b", at, "only_me")
    assert text.encode() not in bytes(entry.__dict__["text"])


@pytest.mark.django_db
def test_copied_check_ins_keep_numbers_tags_and_gaps() -> None:
    load(2, 1, 9, UNTIL)
    row = CheckIn.objects.daily().exclude(tags=[]).first()
    assert row is not None
    assert set(row.answers) >= {"mood", "energy", "tension"}
    assert all(isinstance(value, int) for value in row.answers.values())


def test_shares_of_the_courses_sum_to_one() -> None:
    assert sum(course.share for course in COURSES) == pytest.approx(1)


def life(name: str, weeks: int) -> Life:
    start = UNTIL - timedelta(weeks=weeks)
    sessions = [Span.lasting(start + timedelta(days=21 + 10 * number), 150) for number in range(6)]
    return Life(course_named(name), ZoneInfo("America/New_York"), Span(start, UNTIL), sessions)


def test_an_early_lift_lifts_and_little_change_stays() -> None:
    def moods(name: str) -> tuple[float, float]:
        told = [one for one in check_ins(life(name, 26), Chance(4)) if one.about is None]
        early = [one.answers["mood"] for one in told if one.at < UNTIL - timedelta(weeks=23)]
        late = [one.answers["mood"] for one in told if one.at > UNTIL - timedelta(weeks=10)]
        return mean(early), mean(late)

    before, after = moods("early lift")
    assert after - before > 1
    before, after = moods("little change")
    assert abs(after - before) < 0.8


@given(st.integers(0, 2**32), st.sampled_from(COURSES))
def test_every_answer_is_on_its_scale(seed: int, course: Course) -> None:
    for told in check_ins(life(course.name, 8), Chance(seed)):
        assert -3 <= told.answers.get("mood", 0) <= 3
        assert all(0 <= value <= 4 for key, value in told.answers.items() if key != "mood")
