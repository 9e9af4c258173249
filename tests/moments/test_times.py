"""Spans and wall times keep their promises across every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.ids import new_id
from koru.moments.spans import Span, local_day
from koru.moments.walltime import exists, instant_of

ZONES = ["America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(days, clock_times, zones)
def test_a_wall_time_that_exists_is_shown_as_it_was_asked(day: date, at: time, zone: ZoneInfo) -> None:
    instant = instant_of(day, at, zone)
    shown = instant.astimezone(zone)
    if exists(day, at, zone):
        assert (shown.date(), shown.time()) == (day, at)
    else:
        assert (shown - timedelta(seconds=1)).utcoffset() != (instant - timedelta(hours=2)).astimezone(UTC).utcoffset()


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("America/New_York", date(2027, 3, 14), time(2, 30), datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Europe/Dublin", date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_skipped_times_wait_for_the_gap_to_end_and_repeated_ones_are_the_first(
    zone: str, day: date, at: time, instant: datetime
) -> None:
    assert instant_of(day, at, ZoneInfo(zone)) == instant


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.integers(1, 600), zones)
def test_minutes_are_elapsed_minutes(start: datetime, minutes: int, zone: ZoneInfo) -> None:
    span = Span.lasting(start.replace(tzinfo=zone), minutes)
    assert span.minutes == minutes
    assert span.end.timestamp() - span.start.timestamp() == minutes * 60


def test_150_minutes_across_the_spring_change_end_an_hour_later_on_the_wall() -> None:
    zone = ZoneInfo("America/New_York")
    span = Span.lasting(datetime(2027, 3, 14, 1, 0, tzinfo=zone), 150)
    assert span.end.astimezone(zone).time() == time(4, 30)


@given(days, zones)
def test_days_follow_each_other_without_a_gap(day: date, zone: ZoneInfo) -> None:
    assert Span.of_day(day, zone).end == Span.of_day(day + timedelta(days=1), zone).start


@pytest.mark.parametrize(("clock", "day"), [("23:59", 30), ("00:01", 30), ("03:59", 30), ("04:00", 1), ("04:01", 1)])
def test_a_night_belongs_to_the_evening_before(clock: str, day: int) -> None:
    zone = ZoneInfo("America/Denver")
    date_of_clock = date(2026, 11, 30) if clock == "23:59" else date(2026, 12, 1)
    local = datetime.combine(date_of_clock, time.fromisoformat(clock), zone)
    assert local_day(local, zone).day == day


def test_a_span_refuses_naive_times_and_ends_before_it_starts() -> None:
    aware = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        Span(datetime(2026, 1, 1), datetime(2026, 1, 2))
    with pytest.raises(ValueError, match="ends after"):
        Span(aware, aware)


def test_ids_are_uuid_v7_and_grow_with_time() -> None:
    ids = [new_id() for _ in range(50)]
    assert all(made.version == 7 and made.variant == "specified in RFC 4122" for made in ids)
    assert [made.int >> 80 for made in ids] == sorted(made.int >> 80 for made in ids)
