"""By when somebody looks: every line of clinical.md 5.4, and what must hold for any clinic at any hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from koru.safety.clock import OFFICE, Hours, NeverOpen, Windows, after, days_after, look_by
from koru.safety.levels import Level

NEW_YORK = ZoneInfo("America/New_York")
MON, TUE, WED, THU, FRI, SAT = (date(2026, 11, day) for day in range(16, 22))
NEXT_MON, NEXT_TUE = date(2026, 11, 23), date(2026, 11, 24)
OPEN = Hours(NEW_YORK)
FIRST, FINAL = (datetime.combine(day, time()) for day in (date(2026, 1, 1), date(2028, 12, 1)))
ON_CALL = Hours(NEW_YORK, on_call=True)
CLOSED_MONDAY = Hours(NEW_YORK, closed=frozenset({NEXT_MON}))


def at(day: date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "level", "raised", "due"),
    [
        (OPEN, Level.URGENT, at(TUE, "10:05"), at(TUE, "11:05")),
        (OPEN, Level.URGENT, at(FRI, "16:30"), at(NEXT_MON, "09:30")),
        (OPEN, Level.URGENT, at(SAT, "22:00"), at(NEXT_MON, "10:00")),
        (OPEN, Level.PROMPT, at(FRI, "15:00"), at(NEXT_MON, "11:00")),
        (OPEN, Level.PROMPT, at(MON, "08:00"), at(MON, "13:00")),
        (OPEN, Level.ROUTINE, at(THU, "12:00"), at(NEXT_MON, "12:00")),
        (ON_CALL, Level.URGENT, at(SAT, "22:00"), at(SAT, "23:00")),
        (CLOSED_MONDAY, Level.URGENT, at(FRI, "16:30"), at(NEXT_TUE, "09:30")),
    ],
)
def test_each_line_of_the_reference(hours: Hours, level: Level, raised: datetime, due: datetime) -> None:
    assert look_by(level, raised, hours) == due


def test_a_routine_one_is_looked_at_before_the_next_appointment_if_that_is_sooner() -> None:
    raised = at(THU, "12:00")
    assert look_by(Level.ROUTINE, raised, OPEN, meeting=at(FRI, "09:00")) == at(FRI, "09:00")
    assert look_by(Level.ROUTINE, raised, OPEN, meeting=at(NEXT_TUE, "09:00")) == at(NEXT_MON, "12:00")
    assert look_by(Level.ROUTINE, raised, OPEN, meeting=at(WED, "09:00")) == at(NEXT_MON, "12:00")


def test_on_call_hurries_what_is_urgent_and_nothing_else() -> None:
    assert look_by(Level.PROMPT, at(SAT, "22:00"), ON_CALL) == look_by(Level.PROMPT, at(SAT, "22:00"), OPEN)


@pytest.mark.parametrize(("raised", "due"), [("16:59:59", "09:59:59"), ("17:00", "10:00")])
def test_the_last_second_of_a_day_counts(raised: str, due: str) -> None:
    assert look_by(Level.URGENT, at(TUE, raised), OPEN) == at(WED, due)


def test_an_hour_stays_an_hour_when_the_clocks_change_inside_it() -> None:
    night = Hours(NEW_YORK, {7: ((time(0), time(6)),)})
    spring, autumn = date(2027, 3, 14), date(2026, 11, 1)
    assert look_by(Level.URGENT, at(spring, "01:30"), night) == at(spring, "03:30")
    assert look_by(Level.URGENT, at(autumn, "00:45"), night) == at(autumn, "01:45")
    assert after(at(spring, "00:00"), timedelta(hours=5), night) == at(spring, "06:00")
    assert after(at(autumn, "00:00"), timedelta(hours=7), night) == at(autumn, "06:00")


def test_a_window_that_spring_swallows_is_none() -> None:
    gone = Hours(NEW_YORK, {7: ((time(2), time(2, 59)),)})
    assert gone.windows(date(2027, 3, 14)) == []
    assert len(gone.windows(date(2027, 3, 21))) == 1


def test_a_clinic_that_is_never_open_says_so() -> None:
    with pytest.raises(NeverOpen):
        after(at(TUE, "10:00"), timedelta(hours=1), Hours(NEW_YORK, {}))
    with pytest.raises(NeverOpen):
        days_after(at(TUE, "10:00"), 2, Hours(NEW_YORK, {1: ()}))


def test_two_days_on_end_with_a_shorter_day_at_its_close() -> None:
    short_friday = Hours(NEW_YORK, {**OFFICE, 5: ((time(10), time(12)),)})
    assert look_by(Level.ROUTINE, at(WED, "15:00"), short_friday) == at(FRI, "12:00")
    assert look_by(Level.ROUTINE, at(WED, "09:15"), short_friday) == at(FRI, "10:00")


clocks = st.times(time(0), time(23, 45)).map(lambda one: one.replace(minute=one.minute // 15 * 15, second=0, microsecond=0))


def window(ends: tuple[time, time]) -> tuple[time, time]:
    return min(ends), max(ends)


windows = st.tuples(clocks, clocks).filter(lambda ends: ends[0] != ends[1]).map(window)
weeks = st.dictionaries(st.integers(1, 7), windows.map(lambda one: (one,)), min_size=1)
zones = st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]).map(ZoneInfo)
moments = st.datetimes(timezones=st.just(UTC), min_value=FIRST, max_value=FINAL)
clinics = st.builds(Hours, zones, weeks, st.frozensets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=5), st.booleans())
works = st.integers(0, 12 * 60).map(lambda minutes: timedelta(minutes=minutes))


def open_time(start: datetime, end: datetime, hours: Hours) -> timedelta:
    """How long a clinic was open between two instants, counted the slow way."""
    first, last = start.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    spans = [span for day in days for span in hours.windows(day)]
    held = (min(span.end, end) - max(span.start, start) for span in spans if span.start < end and span.end > start)
    return sum(held, timedelta())


@given(clinics, moments, works)
def test_exactly_so_much_open_time_lies_before_it(hours: Hours, moment: datetime, work: timedelta) -> None:
    assert open_time(moment, after(moment, work, hours), hours) == work


@given(clinics, moments, works, st.integers(0, 10_000))
def test_what_came_later_is_never_due_sooner(hours: Hours, moment: datetime, work: timedelta, minutes: int) -> None:
    later = moment + timedelta(minutes=minutes)
    assert after(moment, work, hours) <= after(later, work, hours)


@given(clinics, moments, works, works)
def test_two_waits_one_after_the_other_are_one_long_wait(hours: Hours, moment: datetime, one: timedelta, two: timedelta) -> None:
    assume(one and two)
    assume(sum(closes.hour - opens.hour for windows in hours.week.values() for opens, closes in windows) >= 4)
    assert after(after(moment, one, hours), two, hours) == after(moment, one + two, hours)


@given(clinics, moments, st.sampled_from(Level))
def test_it_is_due_after_it_came_up_and_later_steps_are_not_before_earlier_ones(
    hours: Hours, moment: datetime, level: Level
) -> None:
    steps = [look_by(level, moment, hours, times=times) for times in (1, 2, 4)]
    assert moment < steps[0] <= steps[1] <= steps[2]


@given(moments, st.sampled_from(Level), st.integers(1, 4))
def test_where_the_clinic_is_never_open_a_flag_has_an_instant_all_the_same(moment: datetime, level: Level, times: int) -> None:
    never = Hours(NEW_YORK, {})
    assert moment < look_by(level, moment, never, times=times) <= look_by(level, moment, never, times=times + 1)


@given(clinics, moments, st.integers(1, 5))
def test_days_end_while_the_clinic_is_open_or_as_it_closes(hours: Hours, moment: datetime, days: int) -> None:
    end = days_after(moment, days, hours)
    local = end.astimezone(hours.zone).date()
    around = [span for n in (-1, 0, 1) for span in hours.windows(local + timedelta(days=n))]
    assert any(span.start <= end <= span.end for span in around)


def test_windows_of_a_day_are_taken_in_order() -> None:
    siesta: Windows = ((time(15), time(17)), (time(9), time(12)))
    hours = Hours(NEW_YORK, {2: siesta})
    assert look_by(Level.PROMPT, at(TUE, "11:00"), hours) == at(date(2026, 11, 24), "10:00")
    assert look_by(Level.URGENT, at(TUE, "11:30"), hours) == at(TUE, "15:30")
