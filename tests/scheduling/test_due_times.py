"""When letters are due, by the vectors of clinical.md section 8; quiet hours included where the vector has them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.due_times import FORENOON, days_before, hours_before, morning_after, quiet_day

NEW_YORK, DENVER = ZoneInfo("America/New_York"), ZoneInfo("America/Denver")
SESSION = datetime(2027, 3, 17, 10, tzinfo=NEW_YORK)
CALL = datetime(2026, 11, 1, 9, 30, tzinfo=NEW_YORK)
ENDED = datetime(2026, 12, 1, 14, 35, tzinfo=DENVER)
NOON_DENVER = datetime(2026, 12, 1, 12, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (days_before(SESSION, 7, NEW_YORK, FORENOON), "2027-03-10T15:00Z"),
        (days_before(SESSION, 2, NEW_YORK, FORENOON), "2027-03-15T14:00Z"),
        (days_before(SESSION, 1, NEW_YORK), "2027-03-16T14:00Z"),
        (hours_before(SESSION, 2), "2027-03-17T12:00Z"),
        (hours_before(NOON_DENVER, 2), "2026-12-01T17:00Z"),
        (days_before(CALL, 1, NEW_YORK), "2026-10-31T13:30Z"),
        (hours_before(CALL, 1), "2026-11-01T13:30Z"),
        (morning_after(ENDED, DENVER), "2026-12-02T16:00Z"),
        (days_before(datetime(2027, 3, 15, 2, 30, tzinfo=NEW_YORK), 1, NEW_YORK), "2027-03-14T07:00Z"),
        (days_before(datetime(2026, 11, 2, 1, 30, tzinfo=NEW_YORK), 1, NEW_YORK), "2026-11-01T05:30Z"),
    ],
)
def test_vectors(due: datetime, expected: str) -> None:
    assert due.astimezone(UTC) == datetime.fromisoformat(expected)


zones = st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Asia/Kathmandu", "America/St_Johns"])
instants = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@given(start=instants, zone=zones.map(ZoneInfo), days=st.integers(1, 7), hour=st.integers(4, 22))
def test_a_day_before_keeps_the_clock_time_outside_of_the_changes_hours(
    start: datetime, zone: ZoneInfo, days: int, hour: int
) -> None:
    due = days_before(start, days, zone, time(hour)).astimezone(zone)
    assert due.time() == time(hour)
    assert (start.astimezone(zone).date() - due.date()).days == days


@given(start=instants, zone=zones.map(ZoneInfo))
def test_the_quiet_day_lasts_until_eight_the_next_morning(start: datetime, zone: ZoneInfo) -> None:
    quiet = quiet_day(start, zone)
    until = quiet.end.astimezone(zone)
    assert quiet.start == start
    assert until.time() == time(8)
    assert (until.date() - start.astimezone(zone).date()).days == 1
