"""The quiet day: from a session's start until eight the next morning no letter asks anything, whatever its kind."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.reminders.judging import Drop, PutOff, Standing, judged
from koru.reminders.kinds import load
from koru.reminders.quiet import Rest, settled
from scheduling.due_times import quiet_day

KINDS = st.sampled_from(sorted(load()))
ZONES = st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin", "Pacific/Apia"]).map(
    ZoneInfo
)
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
SHARE = st.integers(0, 999).map(lambda part: part / 1000)  # of a span; nearer to its end an instant is rounded onto it
# S5, X1 and V4; T2 and T4 go to those who work here
THROUGH = {"appointment-changed", "security", "opened-in-emergency", "flag", "emergency-told"}
THROUGH |= {"erasing-asked", "erasing-soon", "erased"}  # somebody else may have asked: they can still be taken back


def test_only_what_says_that_something_changed_goes_through() -> None:
    assert {name for name, kind in load().items() if kind.hush == "through"} == THROUGH


def test_what_goes_through_when_just_asked_for_is_never_what_asks() -> None:
    asked = [kind for kind in load().values() if kind.hush == "if-asked"]
    assert asked
    assert [kind.name for kind in asked if kind.asks or kind.ceiling] == []


DAYS = st.builds(quiet_day, STARTS, ZONES)


@given(name=KINDS, day=DAYS, share=SHARE, useful=st.integers(-2, 40), asked=st.booleans())
def test_a_letter_of_any_kind_due_on_the_quiet_day_waits_is_dropped_or_may_pass(
    name: str, day: Span, share: float, useful: int, asked: bool
) -> None:
    kind = load()[name]
    due = day.start + (day.end - day.start) * share
    not_after = due + timedelta(hours=useful) if useful >= 0 else None
    at = settled(due, not_after, kind, Rest(ZoneInfo("Europe/Dublin"), hushes=(day,)), asked=asked)
    passes = kind.hush == "through" or (kind.hush == "if-asked" and asked)
    assert at is None or passes or at >= day.end
    if at is None:
        assert not_after is not None


@given(name=KINDS, zone=ZONES, start=STARTS, share=SHARE, early=st.integers(0, 72))
def test_a_letter_planned_before_the_session_was_is_held_when_its_moment_comes(
    name: str, zone: ZoneInfo, start: datetime, share: float, early: int
) -> None:
    """The session was booked after the letter: it is looked at again just before it is handed over."""
    kind, day = load()[name], quiet_day(start, zone)
    now = day.start + (day.end - day.start) * share
    told = judged(Standing(kind, now, now - timedelta(hours=early), None, Rest(zone, hushes=(day,))))
    if kind.hush == "through":
        assert not isinstance(told, Drop)
    else:
        assert isinstance(told, PutOff)
        assert told.until >= day.end


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
@pytest.mark.parametrize("day", ["2027-03-13", "2027-03-14", "2026-10-31", "2026-11-01", "2027-04-03", "2026-10-03"])
def test_it_ends_at_eight_on_the_next_wall_clock_whatever_the_clocks_do(zone: str, day: str) -> None:
    there = ZoneInfo(zone)
    start = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=there)
    end = quiet_day(start, there).end.astimezone(there)
    assert (end.hour, end.minute, end.date() - start.date()) == (8, 0, timedelta(days=1))
