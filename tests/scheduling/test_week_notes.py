"""A note for the week's word: weekly by the wall clock, only when chosen, away once a word is said, at rest when unanswered."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.moments.walltime import exists
from koru.people.models import Clinic, Person
from koru.reminders.choices import WithinQuietHours, opt_out
from koru.reminders.judging import Drop, Standing, judged
from koru.reminders.kinds import kind
from koru.reminders.models import Letter
from koru.reminders.quiet import Rest
from koru.reminders.rendering import rendered
from koru.reminders.rhythm import Rhythm
from koru.sealing.keyring import keyring
from koru.today.moving_zone import tell_about_oneself
from scheduling.models import RoutineChoice, WeekWord
from scheduling.routine_week import monday_of, week_of_word
from scheduling.week_notes import A_WEEK, KIND, is_stopped, plan_week_notes, plan_week_notes_anew, set_week_note
from scheduling.week_word import say_word
from tests.crowd import together
from tests.people import make_client, make_clinic

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland")
CHANGES = (date(2027, 3, 28), date(2026, 10, 25), date(2027, 3, 14), date(2026, 11, 1), date(2027, 4, 4), date(2026, 10, 4))
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.fixture
def rowan(clock: Clock) -> Person:
    clock("2026-11-24T12:00:00Z")  # a Tuesday, seven in the morning in New York
    make_clinic()
    return make_client()


def ahead() -> list[str]:
    rows = Letter.objects.filter(kind=KIND, withdrawn_at=None, sent_at=None, due_at__gt=timezone.now()).order_by("due_at")
    return [f"{row.due_at:%m-%d %H:%M}" for row in rows]


def goes() -> None:
    Letter.objects.filter(kind=KIND, sent_at=None, withdrawn_at=None, due_at__lte=timezone.now()).update(
        handed_at=timezone.now(), sent_at=timezone.now()
    )


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), minutes, st.integers(1, 7))
def test_over_both_changes_of_any_zone_it_comes_once_a_week_at_its_clock_time(zone: str, change: date, at: time, on: int) -> None:
    here, rhythm = ZoneInfo(zone), Rhythm(at, frozenset({on - 1}), apart=A_WEEK)
    now = datetime.combine(change - timedelta(days=15), time(), UTC)
    seen: list[date] = []
    for _ in range(4):
        day, now = rhythm.after(now, here, seen[-1] if seen else None)
        seen.append(day)
        assert not exists(day, at, here) or (now.astimezone(here).date(), now.astimezone(here).time()) == (day, at)
    assert {after - before for before, after in pairwise(seen)} == {timedelta(days=7)}
    assert {day.isoweekday() for day in seen} == {on}


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), minutes, st.sampled_from([None, 1, 7]), st.integers(1, 7), minutes)
def test_a_word_is_for_the_week_of_its_day_or_on_a_sunday_for_the_next(
    today: date, wall: time, asks_on: int | None, on: int, at: time
) -> None:
    week = week_of_word(asks_on, (on, at), today, wall, time(4))
    assert week.weekday() == 0
    assert week in {monday_of(today), monday_of(today) + timedelta(days=7)}
    if today.weekday() != 6:
        assert week == monday_of(today)
    if on == 7 and today.weekday() == 6 and wall >= max(at, time(4)):
        assert week == today + timedelta(days=1), "the note has come: its week is the one ahead"


def test_none_comes_until_it_is_chosen_and_then_once_a_week(rowan: Person, clock: Clock) -> None:
    assert plan_week_notes(timezone.now()) == 0
    set_week_note(1, time(9), by=rowan)
    for _ in range(3):
        plan_week_notes(timezone.now())
        plan_week_notes_anew(timezone.now())
    assert ahead() == ["11-30 14:00"]
    clock("2026-11-30T14:01:00Z")
    goes()
    plan_week_notes(timezone.now())
    assert ahead() == ["12-07 14:00"]
    set_week_note(3, time(9), by=rowan)
    assert ahead() == ["12-09 14:00"], "this week had its note"
    set_week_note(None, None, by=rowan)
    assert ahead() == []


def test_nine_is_nine_where_they_are_now(rowan: Person) -> None:
    set_week_note(1, time(9), by=rowan)
    told = {"display_name": "Rowan", "region": "US", "phone": "", "neutral_phrase": ""}
    tell_about_oneself(rowan, {**told, "zone": "Asia/Kathmandu"})
    assert ahead() == ["11-30 03:15"]


def test_once_a_word_is_said_its_week_needs_no_note(rowan: Person, clock: Clock) -> None:
    set_week_note(4, time(9), by=rowan)
    assert ahead() == ["11-26 14:00"]
    with keyring():
        say_word("soft", "", by=rowan)
    plan_week_notes(timezone.now())
    plan_week_notes_anew(timezone.now())
    assert ahead() == []
    clock("2026-11-26T14:01:00Z")
    plan_week_notes(timezone.now())
    assert ahead() == ["12-03 14:00"]


def test_a_note_on_sunday_opens_the_week_to_come(rowan: Person, clock: Clock, client: Client) -> None:
    set_week_note(7, time(10), by=rowan)
    with keyring():
        say_word("soft", "", by=rowan)
    assert ahead() == ["11-29 15:00"], "a word for this week leaves the note about the next"
    clock("2026-11-29T15:05:00Z")
    client.force_login(rowan)
    assert "The week of Monday 30 November" in client.get("/routine/word/").content.decode()
    client.post("/routine/word/", {"word": "light", "moment": ""})
    assert sorted(WeekWord.objects.values_list("week", flat=True)) == [date(2026, 11, 23), date(2026, 11, 30)]


def test_after_five_without_a_word_it_rests_and_the_page_says_so(rowan: Person, clock: Clock, client: Client) -> None:
    set_week_note(1, time(9), by=rowan)
    for week in range(kind(KIND).pauses_after):
        clock((datetime(2026, 11, 30, 14, 1, tzinfo=UTC) + timedelta(weeks=week)).isoformat())
        goes()
        plan_week_notes(timezone.now())
    assert ahead() == []
    client.force_login(rowan)
    page = client.get("/routine/word/").content.decode()
    assert "so they rest" in page
    client.post("/routine/word/note/", {"note_on": "1", "note_at": "09:00"})
    assert ahead() == ["01-04 14:00"]


def test_one_word_in_between_keeps_it_coming(rowan: Person, clock: Clock) -> None:
    set_week_note(1, time(9), by=rowan)
    for week in range(6):
        clock((datetime(2026, 11, 30, 14, 1, tzinfo=UTC) + timedelta(weeks=week)).isoformat())
        goes()
        if week == 2:
            with keyring():
                say_word("soft", "", by=rowan)
        plan_week_notes(timezone.now())
    assert ahead() == ["01-11 14:00"]


def test_stopped_by_its_link_it_comes_again_when_it_is_chosen_again(rowan: Person, client: Client) -> None:
    set_week_note(1, time(9), by=rowan)
    opt_out(rowan, KIND, by=rowan)
    plan_week_notes(timezone.now())
    assert ahead() == []
    client.force_login(rowan)
    assert 'value="09:00"' not in client.get("/routine/word/").content.decode()
    client.post("/routine/word/note/", {"note_on": "2", "note_at": "09:00"})
    assert not is_stopped(rowan)
    assert ahead() == ["11-24 14:00"]


def test_the_page_says_beside_the_field_what_can_not_be(rowan: Person, client: Client) -> None:
    client.force_login(rowan)
    for said, words in (
        ({"note_on": "1", "note_at": ""}, "Say at what time."),
        ({"note_on": "1", "note_at": "22:00"}, "That lies in your quiet hours"),
        ({"note_on": "8", "note_at": "09:00"}, "note_on"),
    ):
        answer = client.post("/routine/word/note/", said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    with pytest.raises(WithinQuietHours):
        set_week_note(1, time(22), by=rowan)
    assert ahead() == []


def test_on_the_quiet_day_it_does_not_come(rowan: Person) -> None:
    due = timezone.now()
    rest = Rest(ZoneInfo("UTC"), time(0), time(0), hushes=(Span(due - timedelta(hours=1), due + timedelta(hours=20)),))
    assert judged(Standing(kind(KIND), due, due, due + timedelta(hours=3), rest)) == Drop("too late")


def test_the_letter_says_one_line_and_opens_the_page_of_the_word(rowan: Person) -> None:
    set_week_note(1, time(9), by=rowan)
    words = rendered(Letter.objects.filter(kind=KIND)[0], Clinic.objects.get(), timezone.now())
    assert words.subject == "One word for this week?"
    assert re.search(r"/routine/word/\s", words.text)


@pytest.mark.parametrize("wrong", [{"note_on": 1}, {"note_on": 8, "note_at": time(9)}, {"note_at": time(9)}, {"note_on": 0}])
def test_the_database_takes_no_half_of_it(rowan: Person, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineChoice.objects.create(client=rowan, note_since=timezone.now(), **wrong)


@pytest.mark.django_db(transaction=True)
def test_chosen_and_planned_at_once_it_is_one_note(rowan: Person) -> None:
    acts: list[Callable[[], object]] = [partial(set_week_note, on, time(9), by=rowan) for on in (1, 2, 3)]
    acts += [partial(plan_week_notes, timezone.now()) for _ in range(3)]
    together(acts)
    assert len(ahead()) == 1


def test_the_word_of_last_week_may_go_on_by_one_press(rowan: Person, clock: Clock, client: Client) -> None:
    client.force_login(rowan)
    client.post("/routine/word/", {"word": "soft & slow", "moment": "at lunch"})
    assert "Let it go on" not in client.get("/routine/").content.decode()
    clock("2026-12-01T12:00:00Z")
    page = client.get("/routine/").content.decode()
    assert "Last week it was <bdi>soft &amp; slow</bdi>" in page
    assert "Let it go on" in page
    client.post("/routine/word/", {"word": "soft & slow", "moment": "at lunch"})
    assert sorted(WeekWord.objects.values_list("week", flat=True)) == [date(2026, 11, 23), date(2026, 11, 30)]
    assert "Let it go on" not in client.get("/routine/").content.decode()
    clock("2026-12-15T12:00:00Z")
    assert "Let it go on" not in client.get("/routine/").content.decode(), "two weeks on it is of the weeks before"
