"""Quieter than usual is by one's own rhythm: never for who has none, and as patient as the rhythm is slow."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from koru.safety.quiet_told import may_know, quiet_from
from koru.safety.silence import AT_LEAST, FEWEST, is_quieter, patience
from tests.days import HERE

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)
GAPS = st.lists(st.integers(1, 20), min_size=FEWEST - 1, max_size=40)
FEW = st.lists(st.integers(0, 400), max_size=FEWEST - 1)


def signs(gaps: list[int], times: int = 1) -> list[date]:
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + gap * times * DAY)
    return days


@given(few=FEW, after=st.integers(0, 2000))
def test_it_never_fires_for_who_never_wrote_or_has_no_rhythm_yet(few: list[int], after: int) -> None:
    days = [FIRST + offset * DAY for offset in few]
    assert not is_quieter(days, FIRST + 400 * DAY + after * DAY)


@given(gaps=GAPS, times=st.integers(2, 6))
def test_it_is_as_patient_as_their_own_gaps_are_long(gaps: list[int], times: int) -> None:
    once, more = patience(signs(gaps)), patience(signs(gaps, times))
    assert once is not None
    assert more is not None
    assert once <= more <= times * once
    if once > AT_LEAST:
        assert more >= times * (once - 1)


@given(gaps=GAPS)
def test_a_gap_like_most_of_their_own_is_never_quieter_than_usual(gaps: list[int]) -> None:
    days = signs(gaps)
    usual = sorted(gaps[-11:])[len(gaps[-11:]) // 2]
    assert not is_quieter(days, days[-1] + usual * DAY)


@given(gaps=GAPS, after=st.integers(0, 100))
def test_once_quieter_it_stays_so_until_a_sign_comes(gaps: list[int], after: int) -> None:
    days = signs(gaps)
    usual = patience(days) or 0
    assert is_quieter(days, days[-1] + (usual + 1 + after) * DAY)
    assert not is_quieter(days, days[-1] + usual * DAY)
    today = days[-1] + (usual + 1 + after) * DAY
    assert not is_quieter([*days, today], today)


@given(gaps=GAPS, ago=st.integers(0, 30))
def test_who_says_yes_is_counted_from_then(gaps: list[int], ago: int) -> None:
    days = signs(gaps)
    usual = patience(days) or 0
    today = days[-1] + (usual + 50) * DAY
    since = today - min(ago, usual) * DAY
    assert not is_quieter(days, today, since=since)


def test_worked_examples() -> None:
    assert patience(signs([1] * 11)) == AT_LEAST
    assert patience(signs([2, 2, 1, 3, 2, 2])) == 6
    assert patience(signs([7] * 8)) == 21
    assert patience([FIRST] * 40) is None


NOW = datetime(2026, 11, 25, 10, tzinfo=HERE)
HOURS = st.integers(0, 400)


@given(
    ago=HOURS,
    after=st.sampled_from([None, 24, 48]),
    answer=st.sampled_from(["", "all_right", "busy", "call"]),
    sent=st.booleans(),
)
def test_a_therapist_learns_nothing_that_the_client_has_not_heard_and_agreed_to(
    ago: int, after: int | None, answer: str, *, sent: bool
) -> None:
    heard = NOW - timedelta(hours=ago) if sent else None
    since = may_know(answer, None, heard, after)
    may = sent and after is not None and not answer
    assert (since is not None) == may
    told = quiet_from([(uuid4(), answer, None, heard, after)], NOW)
    assert bool(told) == (may and ago >= (after or 0))


def test_an_answer_that_was_let_known_is_told_at_once_with_its_words() -> None:
    client = uuid4()
    told = quiet_from([(client, "busy", NOW, None, None)], NOW)
    assert told[client].words == "Says: just busy"
