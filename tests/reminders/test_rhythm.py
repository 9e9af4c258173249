"""What comes again comes by the wall: eight stays eight over clock changes, flights and clocks that jump, once a day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.walltime import exists, instant_of
from koru.reminders.rhythm import ANY_DAY, Rhythm

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Honolulu"]
CHANGES = [  # of Berlin, New York and Lord Howe, and the days around them
    *(date(2026, 10, 25), date(2027, 3, 28)),
    *(date(2026, 11, 1), date(2027, 3, 14)),
    *(date(2026, 10, 4), date(2027, 4, 4)),
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
begins = st.builds(lambda day, back: day - timedelta(days=back), st.sampled_from(CHANGES), st.integers(0, 9))
rhythms = st.builds(Rhythm, minutes, weekdays, st.integers(1, 4))


def wall(at: datetime, zone: ZoneInfo) -> tuple[date, time]:
    local = at.astimezone(zone)
    return local.date(), local.time()


@given(zone=zones, at=minutes, begin=begins)
def test_over_both_changes_each_day_has_exactly_one_at_its_clock_time(zone: ZoneInfo, at: time, begin: date) -> None:
    now, latest, days = datetime.combine(begin, time(), zone).astimezone(UTC) - timedelta(seconds=1), None, []
    for _ in range(20):
        latest, now = Rhythm(at).after(now, zone, latest)
        assert now == instant_of(latest, at, zone)
        if exists(latest, at, zone):
            assert wall(now, zone) == (latest, at)
        days.append(latest)
    assert days == [begin + timedelta(days=number) for number in range(20)]


@given(zone=zones, rhythm=rhythms, begin=begins)
def test_only_on_the_days_that_were_chosen_and_never_closer_than_asked(zone: ZoneInfo, rhythm: Rhythm, begin: date) -> None:
    now, latest, days = datetime.combine(begin, time(), UTC), None, []
    for _ in range(8):
        latest, now = rhythm.after(now, zone, latest)
        days.append(latest)
    assert {day.weekday() for day in days} <= rhythm.weekdays
    for before, day in pairwise(days):
        assert day - before >= timedelta(days=rhythm.apart)
        between = (before + timedelta(days=number) for number in range(rhythm.apart, (day - before).days))
        assert not [free for free in between if free.weekday() in rhythm.weekdays], "none is left out"


flights = st.lists(st.tuples(st.sampled_from(ZONES), st.integers(1, 40)), min_size=1, max_size=6)


@given(at=minutes, begin=begins, flights=flights)
def test_who_flies_has_it_at_that_time_wherever_they_are_and_no_date_has_two(
    at: time, begin: date, flights: list[tuple[str, int]]
) -> None:
    now, latest, days = datetime.combine(begin, time(12), UTC), None, []
    for name, hours in flights:  # so long in each zone, with the clock set to it
        zone, leaves = ZoneInfo(name), now + timedelta(hours=hours)
        while (planned := Rhythm(at).after(now, zone, latest))[1] < leaves:
            latest, now = planned
            if exists(latest, at, zone):
                assert wall(now, zone) == (latest, at)
            days.append(latest)
        now = max(now, leaves)
    assert len(days) == len(set(days))
    assert days == sorted(days)


jumps = st.lists(st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda by: timedelta(minutes=by)), min_size=1, max_size=12)


@given(zone=zones, rhythm=rhythms, begin=begins, jumps=jumps)
def test_a_clock_that_jumps_forward_or_backward_gives_no_day_twice(
    zone: ZoneInfo, rhythm: Rhythm, begin: date, jumps: list[timedelta]
) -> None:
    now, latest, days = datetime.combine(begin, time(), UTC), None, []
    for jump in jumps:
        now += jump
        day, due = rhythm.after(now, zone, latest)
        assert due > now
        if jump > timedelta():  # it strikes, with the clock just past it
            latest, now = day, due
            days.append(day)
    assert len(days) == len(set(days))
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [  # clinical.md 8 and RELIABILITY.md 7
        ("America/New_York", date(2027, 3, 14), time(2, 30), "2027-03-14T07:00:00+00:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30:00+00:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00:00+00:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45:00+00:00"),
        ("Asia/Kathmandu", date(2026, 11, 1), time(8), "2026-11-01T02:15:00+00:00"),
    ],
)
def test_what_spring_skips_is_the_first_instant_after_and_what_autumn_repeats_the_first(
    zone: str, day: date, at: time, due: str
) -> None:
    midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    assert Rhythm(at).after(midnight, ZoneInfo(zone)) == (day, datetime.fromisoformat(due))
    assert Rhythm(at).after(datetime.fromisoformat(due), ZoneInfo(zone))[0] == day + timedelta(days=1)


@pytest.mark.parametrize(("days", "apart"), [(frozenset[int](), 1), (frozenset({7}), 1), (ANY_DAY, 0)])
def test_a_rhythm_that_never_comes_is_none(days: frozenset[int], apart: int) -> None:
    with pytest.raises(ValueError, match="nothing comes"):
        Rhythm(time(8), days, apart)
