"""A week of open times in anybody's zone: the right day, the right clock, also when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.choosing import read_start
from scheduling.consultation_week import AT_ONCE, Slot, Week, week_from, week_of
from scheduling.consultation_zones import USUAL, zone_choices, zone_named
from scheduling.refusals import InTheGap, Refused

ZONES = st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])
DATES = st.dates(date(2026, 1, 1), date(2028, 12, 31))
NEW_YORK = ZoneInfo("America/New_York")


@given(ZONES, DATES, st.lists(st.integers(0, 7 * 24 * 60 - 1), max_size=60))
def test_each_start_stands_once_under_its_own_date(zone_name: str, first: date, minutes: list[int]) -> None:
    week = Week(first, ZoneInfo(zone_name))
    starts = {week.span.start + timedelta(minutes=n) for n in minutes}
    inside = {start for start in starts if week.span.holds(start)}
    days = week.days(inside)
    shown = [slot for day in days for slot in (*day.few, *day.rest)]
    assert sorted(slot.start for slot in shown) == sorted(inside)
    assert all(slot.start.astimezone(week.zone).date() == day.day for day in days for slot in day.slots)
    assert all(len(day.few) <= AT_ONCE for day in days)


@given(ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_what_a_slot_sends_is_the_instant_it_shows(zone_name: str, at: datetime) -> None:
    slot = Slot(at.replace(second=0, microsecond=0, tzinfo=UTC), ZoneInfo(zone_name))
    assert read_start(slot.value, ZoneInfo("Asia/Kathmandu")) == slot.start


@given(st.text(max_size=40))
def test_whatever_is_sent_as_a_time_is_one_or_is_refused(text: str) -> None:
    try:
        assert read_start(text, NEW_YORK).utcoffset() is not None
    except Refused:
        assert week_of(text, NEW_YORK, datetime(2026, 11, 24, tzinfo=UTC)) == ""


def test_the_hour_that_comes_twice_is_named_with_its_zone() -> None:
    first, second = (Slot(datetime(2026, 11, 1, hour, 30, tzinfo=UTC), NEW_YORK) for hour in (5, 6))
    assert (first.words, second.words) == ("1:30 am EDT", "1:30 am EST")


def test_a_skipped_wall_time_is_refused_and_a_repeated_one_is_the_first() -> None:
    with pytest.raises(InTheGap):
        read_start("2027-03-14T02:30", NEW_YORK)
    assert read_start("2026-11-01T01:30", NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_week_without_weekend_times_leaves_the_weekend_out() -> None:
    week = Week(date(2026, 11, 25), NEW_YORK)
    assert [day.short[:3] for day in week.days([])] == ["Wed", "Thu", "Fri", "Mon", "Tue"]
    saturday = datetime(2026, 11, 28, 15, tzinfo=UTC)
    assert "Sat" in [day.short[:3] for day in week.days([saturday])]
    assert week.words == "25 Nov to 1 Dec"


def test_a_week_stays_between_today_and_the_last_bookable_day() -> None:
    today, latest = date(2026, 11, 24), date(2026, 12, 22)
    for text, first in (("2026-12-01", date(2026, 12, 1)), ("1999-01-01", today), ("9999-12-31", latest), ("soon", today)):
        assert week_from(text, NEW_YORK, today=today, latest=latest).first == first


def test_a_chosen_time_further_off_opens_its_own_week() -> None:
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert week_of("2026-11-26T15:00Z", NEW_YORK, now) == ""
    assert week_of("2026-12-03T15:00Z", NEW_YORK, now) == "2026-12-03"


def test_zones_run_from_west_to_east_with_the_chosen_and_the_clinics_among_them() -> None:
    now = datetime(2026, 11, 24, 15, tzinfo=UTC)
    chosen, clinic = ZoneInfo("Pacific/Chatham"), ZoneInfo("America/Boise")
    choices = zone_choices(chosen, clinic, now)
    assert [one.key for one in choices if one.chosen] == ["Pacific/Chatham"]
    assert "America/Boise" in [one.key for one in choices]
    offsets = [now.astimezone(ZoneInfo(one.key)).utcoffset() for one in choices]
    assert offsets == sorted(offsets, key=lambda offset: offset or timedelta())
    assert len(choices) == len(USUAL) + 2


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "\x00", "/etc/passwd"])
def test_a_zone_that_is_none_is_none(name: str) -> None:
    assert zone_named(name) is None
