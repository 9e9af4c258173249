"""Sharing more waits a day after a session; sharing less never does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from journaling.sharing import BRING, LEVELS, ONLY_ME, THERAPIST, widens
from scheduling.phases import DosingSession
from scheduling.resting import WAIT, waits_until

moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))
lasting = some.integers(60, 240).map(lambda minutes: timedelta(minutes=minutes))
sessions = some.builds(
    lambda starts, length, late: DosingSession(starts, starts + length, None if late is None else starts + length + late),
    moments,
    lasting,
    some.none() | some.integers(-30, 90).map(lambda minutes: timedelta(minutes=minutes)),
)


def test_only_new_readers_are_more() -> None:
    more = {(was, becomes) for was in LEVELS for becomes in LEVELS if widens(was, becomes)}
    assert more == {(ONLY_ME, THERAPIST), (ONLY_ME, BRING)}


@given(some.lists(sessions, max_size=4), moments)
def test_it_never_waits_longer_than_a_day_after_an_end_and_never_into_the_past(held: list[DosingSession], now: datetime) -> None:
    until = waits_until(held, now)
    begun = [session for session in held if session.starts <= now]
    if until is None:
        assert all((session.end(now) or session.booked_end) + WAIT <= now for session in begun)
    else:
        assert until > now
        assert until in {(session.end(now) or session.booked_end) + WAIT for session in begun}


def test_it_ends_to_the_second_a_day_after_the_actual_end() -> None:
    start = datetime(2026, 11, 30, 15, tzinfo=UTC)
    held = [DosingSession(start, start + timedelta(minutes=150), start + timedelta(minutes=155))]
    end = start + timedelta(minutes=155) + WAIT
    assert waits_until(held, end - timedelta(seconds=1)) == end
    assert waits_until(held, end) is None
    assert waits_until(held, start - timedelta(seconds=1)) is None
