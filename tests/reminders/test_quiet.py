"""Quiet hours and the quiet day, by the clock on the reader's wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.reminders.kinds import kind
from koru.reminders.quiet import Rest, settled

ZONES = st.sampled_from(
    ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin", "America/St_Johns", "Pacific/Apia"]
).map(ZoneInfo)
WALL = st.times().map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
HOLDS, NUDGE, CHANGED, BOOKED = kind("session-today"), kind("check-in"), kind("appointment-changed"), kind("appointment-booked")
OFF = (time(0), time(0))


def z(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("due", "event", "expected"),
    [
        ("2027-03-17T08:00-04:00", "2027-03-17T10:00-04:00", "2027-03-17T12:00Z"),
        ("2027-03-17T07:00-04:00", "2027-03-17T09:00-04:00", "2027-03-17T12:00Z"),
        ("2027-03-17T06:30-04:00", "2027-03-17T08:30-04:00", None),
        ("2027-03-10T15:00Z", "2027-03-17T14:00Z", "2027-03-10T15:00Z"),
        ("2026-10-31T13:30Z", "2026-11-01T14:30Z", "2026-10-31T13:30Z"),
    ],
)
def test_the_due_times_of_the_clinical_document_hold(due: str, event: str, expected: str | None) -> None:
    at = settled(z(due), z(event), HOLDS, Rest(ZoneInfo("America/New_York")))
    assert at == (expected and z(expected))


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [("2027-03-14", time(2, 30), "2027-03-14T07:00Z"), ("2026-11-01", time(1, 30), "2026-11-01T05:30Z")],
)
def test_a_chosen_time_in_a_clock_change_is_met_once_with_quiet_hours_off(day: str, at: time, expected: str) -> None:
    zone = ZoneInfo("America/New_York")
    due = instant_of(date.fromisoformat(day), at, zone)
    assert settled(due, None, NUDGE, Rest(zone, *OFF)) == z(expected)


def test_a_note_chosen_for_the_evening_of_a_session_is_not_sent() -> None:
    zone = ZoneInfo("America/New_York")
    quiet_day = Span(z("2026-12-01T10:00-05:00"), z("2026-12-02T08:00-05:00"))
    due = z("2026-12-01T19:00-05:00")
    assert settled(due, due + timedelta(hours=3), NUDGE, Rest(zone, hushes=(quiet_day,))) is None


def test_on_the_quiet_day_changes_come_and_what_was_just_asked_for() -> None:
    now = z("2026-12-01T13:00-05:00")
    rest = Rest(ZoneInfo("America/New_York"), hushes=(Span(now - timedelta(hours=3), z("2026-12-02T08:00-05:00")),))
    assert settled(now, None, CHANGED, rest) == now
    assert settled(now, None, BOOKED, rest, asked=True) == now
    assert settled(now, None, BOOKED, rest) == z("2026-12-02T08:00-05:00")


def test_what_is_due_as_the_event_begins_has_lost_its_use() -> None:
    noon = z("2026-12-01T12:00-05:00")
    assert settled(noon, noon, HOLDS, Rest(ZoneInfo("America/New_York"))) is None


@given(due=INSTANTS, zone=ZONES, start=WALL, end=WALL)
def test_no_shifted_letter_goes_out_inside_quiet_hours_nor_before_it_is_due(
    due: datetime, zone: ZoneInfo, start: time, end: time
) -> None:
    rest = Rest(zone, start, end)
    at = settled(due, None, NUDGE, rest)
    assert at is not None
    assert at >= due
    assert not rest.is_quiet(at.astimezone(zone).time())
    assert at - due <= timedelta(hours=26)


@given(due=INSTANTS, zone=ZONES, start=WALL, end=WALL)
def test_outside_quiet_hours_a_letter_keeps_its_time(due: datetime, zone: ZoneInfo, start: time, end: time) -> None:
    rest = Rest(zone, start, end)
    assume(not rest.is_quiet(due.astimezone(zone).time()))
    assert settled(due, None, NUDGE, rest) == due


@given(due=INSTANTS, zone=ZONES, start=WALL, end=WALL)
def test_what_must_come_at_once_knows_no_quiet_hours(due: datetime, zone: ZoneInfo, start: time, end: time) -> None:
    assert settled(due, None, CHANGED, Rest(zone, start, end)) == due


@given(due=INSTANTS, zone=ZONES, lead=st.integers(-60, 2000))
def test_a_letter_that_waited_comes_an_hour_before_its_event_or_not_at_all(due: datetime, zone: ZoneInfo, lead: int) -> None:
    event = due + timedelta(minutes=lead)
    at = settled(due, event, HOLDS, Rest(zone))
    if at is not None:
        assert at < event
        assert at == due or event - at >= timedelta(hours=1)


@given(due=INSTANTS, zone=ZONES, hours=st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 30)), max_size=4))
def test_hushes_in_any_order_are_all_waited_for(due: datetime, zone: ZoneInfo, hours: list[tuple[int, int]]) -> None:
    hushes = tuple(Span(due + timedelta(hours=begin), due + timedelta(hours=begin + long)) for begin, long in hours)
    at = settled(due, None, NUDGE, Rest(zone, hushes=hushes))
    assert at is not None
    assert not any(hush.holds(at) for hush in hushes)
