"""Times are spoken as people do, and never name another instant than they mean."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.ui import times

DENVER, NEW_YORK, ST_JOHNS, KATHMANDU = (
    ZoneInfo(key) for key in ("America/Denver", "America/New_York", "America/St_Johns", "Asia/Kathmandu")
)
START = datetime(2026, 12, 1, 17, tzinfo=UTC)
END = START + timedelta(minutes=150)
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([DENVER, NEW_YORK, ST_JOHNS, KATHMANDU, ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")])


def test_a_session_reads_as_the_design_says() -> None:
    assert times.spoken_range(START, END, DENVER) == "Tuesday 1 December, 10:00 am to 12:30 pm"


def test_a_year_is_named_only_when_it_is_another() -> None:
    assert times.spoken_day(date(2027, 1, 1), this_year=2026) == "Friday 1 January 2027"
    assert times.spoken_day(date(2026, 1, 1), this_year=2026) == "Thursday 1 January"


@pytest.mark.parametrize(("hour", "words"), [(0, "12:05 am"), (11, "11:05 am"), (12, "12:05 pm"), (23, "11:05 pm")])
def test_midnight_and_noon_are_twelve(hour: int, words: str) -> None:
    assert times.spoken_time(datetime(2026, 12, 1, hour, 5)) == words


def test_a_range_over_midnight_names_both_days() -> None:
    start = datetime(2026, 12, 2, 6, tzinfo=UTC)
    expected = "Tuesday 1 December, 11:00 pm to Wednesday 2 December, 1:30 am"
    assert times.spoken_range(start, start + timedelta(minutes=150), DENVER) == expected


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        (DENVER, START, "Denver time (MST)"),
        (DENVER, datetime(2026, 7, 1, tzinfo=UTC), "Denver time (MDT)"),
        (ST_JOHNS, START, "St Johns time (NST)"),
        (KATHMANDU, START, "Kathmandu time (UTC+5:45)"),
        (ZoneInfo("America/Sao_Paulo"), START, "Sao Paulo time (UTC-3)"),
        (ZoneInfo("UTC"), START, "UTC"),
    ],
)
def test_a_zone_goes_by_its_city_and_what_its_clocks_then_show(zone: ZoneInfo, at: datetime, words: str) -> None:
    assert times.spoken_zone(zone, at) == words


def test_the_other_zone_stands_in_brackets() -> None:
    expected = "Tuesday 1 December, 10:00 am to 12:30 pm, Denver time (MST) [12:00 pm to 2:30 pm, New York time (EST)]"
    assert times.spoken_both(START, END, DENVER, NEW_YORK) == expected


def test_the_other_zone_is_left_out_when_its_clocks_agree() -> None:
    assert "[" not in times.spoken_both(START, END, DENVER, ZoneInfo("America/Boise"))


def test_the_other_zone_names_its_day_when_that_is_another() -> None:
    words = times.spoken_both(START, END, DENVER, KATHMANDU)
    assert "[Tuesday 1 December, 10:45 pm to Wednesday 2 December, 1:15 am, Kathmandu time (UTC+5:45)]" in words


def test_a_session_over_the_autumn_change_says_that_clocks_change() -> None:
    start = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)  # 1:30 am, an hour before clocks go back
    words = times.spoken_both(start, start + timedelta(minutes=150), DENVER, DENVER)
    assert words == "Sunday 1 November, 1:30 am to 3:00 am, Denver time (MDT, then MST)"


def test_a_session_over_the_spring_change_skips_the_hour_that_does_not_exist() -> None:
    start = datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    words = times.spoken_range(start, start + timedelta(minutes=60), DENVER)
    assert words == "Sunday 8 March, 1:30 am to 3:30 am"


@given(INSTANTS, ZONES)
def test_what_is_spoken_can_be_read_back_to_the_same_minute(at: datetime, zone: ZoneInfo) -> None:
    words = times.spoken_instant(at, zone, this_year=1)
    read = datetime.strptime(f"{words} +0000", "%A %d %B %Y, %I:%M %p %z").replace(tzinfo=None)
    assert read == at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


@given(INSTANTS, ZONES, ZONES)
def test_brackets_appear_exactly_when_clocks_differ(at: datetime, leading: ZoneInfo, reader: ZoneInfo) -> None:
    end = at + timedelta(minutes=150)
    differ = not (times.same_wall(leading, reader, at) and times.same_wall(leading, reader, end))
    assert ("[" in times.spoken_both(at, end, leading, reader)) == differ
