"""When a plan is shown to be gone through again: for each reason once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.safety.plan_review import BEFORE_FIRST, EACH, Standing, reason_to_review
from scheduling.phases import DosingSession, first_ahead

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TIMES = st.none() | st.integers(-400 * 24, 24 * 60).map(lambda hours: NOW + timedelta(hours=hours))
PAST = st.none() | st.integers(-400 * 24, 0).map(lambda hours: NOW + timedelta(hours=hours))
STANDINGS = st.builds(Standing, st.booleans(), PAST, PAST, TIMES)


def ago(**span: int) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(False, None, None, None), ""),
        (Standing(False, None, ago(hours=1), None), ""),
        (Standing(False, None, None, ago(days=-13)), "none"),
        (Standing(False, ago(hours=1), None, ago(days=-13)), ""),
        (Standing(False, None, None, ago(days=-15)), ""),
        (Standing(True, ago(days=1), None, None), ""),
        (Standing(True, ago(days=1), ago(hours=1), None), "flag"),
        (Standing(True, ago(hours=1), ago(days=1), None), ""),
        (Standing(True, ago(days=10), None, ago(days=-13)), "first_session"),
        (Standing(True, ago(days=1), None, ago(days=-13)), ""),
        (Standing(True, ago(days=89), None, None), ""),
        (Standing(True, ago(days=90), None, None), "days"),
        (Standing(True, ago(days=10), None, ago(days=1)), ""),
    ],
)
def test_the_rule(standing: Standing, reason: str) -> None:
    assert reason_to_review(standing, NOW) == reason


@given(STANDINGS)
def test_looked_at_just_now_nothing_asks_for_it(standing: Standing) -> None:
    looked = Standing(standing.is_begun, NOW, standing.urgent_at, standing.first_session)
    assert reason_to_review(looked, NOW) == ""


@given(STANDINGS, st.integers(1, 80))
def test_once_let_be_it_rests_until_there_is_another_reason(standing: Standing, days: int) -> None:
    """No flag since, no session come near since, and not yet three months: nothing asks."""
    later = NOW + timedelta(days=days)
    session = standing.first_session
    came_near = session is not None and session - BEFORE_FIRST > NOW
    looked = Standing(standing.is_begun, NOW, standing.urgent_at, session)
    assert days >= EACH.days or came_near or reason_to_review(looked, later) == ""


def test_only_a_very_first_session_is_ahead() -> None:
    def on(days: int) -> DosingSession:
        return DosingSession(NOW + timedelta(days=days), NOW + timedelta(days=days, hours=2))

    assert first_ahead([], NOW) is None
    assert first_ahead([on(9), on(3)], NOW) == NOW + timedelta(days=3)
    assert first_ahead([on(-9), on(3)], NOW) is None
