"""The day that words are about: by the writer's own days, in whatever zone they write, never ahead, never moved."""

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from journaling import writing
from journaling.dating import PARTS, NotYet, TooLongAgo, about, about_now
from journaling.models import Entry
from journaling.writing import Written
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

ZONES = (
    "Pacific/Apia", "America/Los_Angeles", "America/New_York", "America/St_Johns", "UTC", "Europe/Dublin", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Chatham",
)  # fmt: skip
FOUR = time(4)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from(ZONES).map(ZoneInfo)


@pytest.mark.parametrize(("wall", "day"), [("23:59", 24), ("00:01", 24), ("03:59", 24), ("04:01", 25)])
@pytest.mark.parametrize("zone", ZONES)
def test_words_at_the_edges_of_a_day_are_about_the_day_they_feel_like(zone: str, wall: str, day: int) -> None:
    date_of = date(2026, 11, 24 if wall == "23:59" else 25)
    now = datetime.combine(date_of, time.fromisoformat(wall), ZoneInfo(zone))
    assert about_now(now, ZoneInfo(zone), FOUR).day == date(2026, 11, day)


@given(INSTANTS, zones, st.integers(0, 4000), st.sampled_from(sorted(PARTS)))
def test_a_day_that_was_chosen_is_the_day_that_is_kept_and_never_ahead(
    now: datetime, zone: ZoneInfo, back: int, part: str
) -> None:
    today = local_day(now, zone, FOUR)
    try:
        found = about(today - timedelta(days=back), part, now, zone, FOUR)
    except NotYet:
        assert back == 0
        return
    assert found.at <= now
    assert found.day == today - timedelta(days=back)
    assert local_day(found.at, zone, FOUR) == found.day


@given(INSTANTS, zones, st.integers(1, 400))
def test_a_day_to_come_is_refused(now: datetime, zone: ZoneInfo, ahead: int) -> None:
    with pytest.raises(NotYet):
        about(local_day(now, zone, FOUR) + timedelta(days=ahead), "day", now, zone, FOUR)


@given(INSTANTS, zones)
def test_parts_of_one_day_follow_each_other(now: datetime, zone: ZoneInfo) -> None:
    day = local_day(now, zone, FOUR) - timedelta(days=2)
    told = [about(day, part, now, zone, FOUR).at for part in ("morning", "day", "afternoon", "evening", "night")]
    assert told == sorted(told)


def test_a_morning_that_the_spring_skips_is_the_first_instant_after_it() -> None:
    zone = ZoneInfo("America/New_York")
    skipped = about(date(2027, 3, 13), "night", datetime(2027, 4, 1, tzinfo=UTC), zone, time(23, 45))
    assert skipped.at == datetime(2027, 3, 15, 3, 30, tzinfo=UTC)  # 23:30 of the next evening belongs to the day before


def test_before_anybody_could_remember_is_refused() -> None:
    with pytest.raises(TooLongAgo):
        about(date(1899, 12, 31), "", datetime(2026, 11, 24, tzinfo=UTC), ZoneInfo("UTC"), FOUR)


@pytest.fixture
def rowan(db: None) -> Person:
    return make_pair()[0]


def write(client: Client, day: str, part: str, status: int = 302) -> str:
    sent = {"text": "The stairs.", "share": "only_me", "key": str(uuid4()), "day": day, "part": part}
    answer = client.post("/journal/new/", sent)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_says_when_it_was_written_and_what_day_it_is_about(client: Client, rowan: Person) -> None:
    with time_machine.travel("2026-11-25 18:00+00:00", tick=False):
        client.force_login(rowan)
        write(client, "2026-11-24", "evening")
        entry = Entry.objects.get()
        assert (entry.local_date, entry.about_part) == (date(2026, 11, 24), "evening")
        assert entry.at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
        assert entry.made_at == datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
        page = client.get(f"/journal/{entry.pk}/").content.decode()
    assert "Written Wednesday 25 November about Tuesday 24 November, in the evening" in page


def test_a_part_of_today_that_is_still_to_come_keeps_all_that_was_typed(client: Client, rowan: Person) -> None:
    with time_machine.travel("2026-11-25 18:00+00:00", tick=False):
        client.force_login(rowan)
        page = write(client, "2026-11-25", "evening", 422)
    assert "That is still to come." in page
    assert "The stairs." in page
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("wall", "day"), [("23:59", 24), ("00:01", 24), ("03:59", 24), ("04:01", 25)])
def test_editing_and_flying_never_move_it_nor_does_a_second_one_that_day(rowan: Person, wall: str, day: int) -> None:
    home = ZoneInfo(rowan.zone)
    written = datetime.combine(date(2026, 11, 24 if wall == "23:59" else 25), time.fromisoformat(wall), home)
    with time_machine.travel(written, tick=False), keyring():
        entry = writing.keep(Written("Late."), key=uuid4(), by=rowan)
    before = (entry.at, entry.zone, entry.local_date, entry.about_part)
    assert before == (written, rowan.zone, date(2026, 11, day), "")
    for days, zone in enumerate(ZONES, 1):
        rowan.zone = zone
        rowan.save()
        with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC) + timedelta(days=days), tick=False), keyring():
            writing.edit(entry, "", f"Late, in {zone}.", key=uuid4(), by=rowan)
            page = calendar_days(rowan)
        entry = Entry.objects.get()
        assert (entry.at, entry.zone, entry.local_date, entry.about_part) == before
        assert page == {f"/journal/calendar/2026-11-{day}/"}
    with time_machine.travel(written + timedelta(seconds=30), tick=False), keyring():
        rowan.zone = home.key
        rowan.save()
        writing.keep(Written("Later."), key=uuid4(), by=rowan)
    assert [one.local_date.day for one in Entry.objects.all()] == [day, day]


def calendar_days(person: Person) -> set[str]:
    """The days of November that the calendar marks."""
    client = Client()
    client.force_login(person)
    shown = client.get("/journal/calendar/?month=2026-11").content.decode()
    return set(re.findall(r'href="(/journal/calendar/2026-11-\d\d/)"', shown))
