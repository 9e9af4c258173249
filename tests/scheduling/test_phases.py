"""The phase of a client, by the vectors of clinical.md 1.2 (zone America/Denver) and by properties."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.phases import DosingSession, Phase, phase_at

DENVER = ZoneInfo("America/Denver")


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=DENVER)


def ended(words: str) -> DosingSession:
    end = local(words)
    return DosingSession(end - timedelta(minutes=150), end, end)


def booked(words: str) -> DosingSession:
    start = local(words)
    return DosingSession(start, start + timedelta(minutes=150))


LAST = "2026-11-30 12:35"
VECTORS = [
    (None, "2026-11-30 10:00", "2026-11-10 09:00", Phase.BEFORE),
    (None, "2026-11-30 10:00", "2026-11-30 06:00", Phase.DAY_OF),
    (None, "2026-11-30 10:00", "2026-11-30 12:59", Phase.DAY_OF),
    (LAST, None, "2026-11-30 12:36", Phase.FIRST_DAY),
    (LAST, None, "2026-12-01 23:59", Phase.FIRST_DAY),
    (LAST, None, "2026-12-02 03:59", Phase.FIRST_DAY),
    (LAST, None, "2026-12-02 04:00", Phase.DAYS_2_7),
    (LAST, "2026-12-07 10:00", "2026-12-04 08:00", Phase.DAYS_2_7),
    (LAST, "2026-12-07 10:00", "2026-12-05 08:00", Phase.BEFORE),
    (LAST, "2026-12-12 10:00", "2026-12-08 08:00", Phase.BEFORE),
    (LAST, None, "2026-12-28 23:59", Phase.WEEKS_2_4),
    (LAST, None, "2026-12-29 03:59", Phase.WEEKS_2_4),
    (LAST, None, "2026-12-29 04:00", Phase.BETWEEN),
    (None, "2026-11-30 10:00", "2026-11-30 13:01", Phase.FIRST_DAY),
]


@pytest.mark.parametrize(("last", "following", "now", "phase"), VECTORS)
def test_vectors(last: str | None, following: str | None, now: str, phase: Phase) -> None:
    sessions = [*([ended(last)] if last else []), *([booked(following)] if following else [])]
    assert phase_at(local(now), sessions, DENVER).phase == phase


def test_a_missed_first_session_leaves_a_consenting_client_before() -> None:
    assert phase_at(local("2026-12-01 09:00"), [], DENVER, consented=True).phase == Phase.BEFORE


def test_nothing_at_all_is_between() -> None:
    assert phase_at(local("2026-12-01 09:00"), [], DENVER).phase == Phase.BETWEEN


def test_an_end_late_in_the_evening_keeps_to_the_stored_zone() -> None:
    assert phase_at(local("2026-12-01 01:10"), [ended("2026-11-30 23:50")], DENVER).phase == Phase.FIRST_DAY


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(
    instants, st.lists(st.tuples(instants, st.booleans()), max_size=6), st.sampled_from(["America/New_York", "Asia/Kathmandu"])
)
def test_every_moment_has_one_phase_and_the_first_day_follows_an_end(
    now: datetime, rows: list[tuple[datetime, bool]], zone: str
) -> None:
    sessions = [
        DosingSession(start, end := start + timedelta(minutes=150), end if tapped and end <= now else None)
        for start, tapped in rows
    ]
    reading = phase_at(now, sessions, ZoneInfo(zone))
    if reading.phase is Phase.FIRST_DAY:
        assert reading.days_since in (0, 1)
    if reading.phase is Phase.DAY_OF:
        assert any(session.end(now) is None for session in sessions)
    if reading.days_since is not None and reading.days_until is None:
        assert reading.phase is not Phase.BEFORE
