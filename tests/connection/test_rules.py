"""What four lines say beside those before: the worked examples, and what holds for all values."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.connection.lines import STOPS, kept, load
from moodtracking.connection.rules import against, overall, own_median, reading
from moodtracking.connection.trend import BOTTOM, TOP, Told, trend_of
from tests.days import this_day

DATA = Path(__file__).parents[1] / "measures" / "data" / "vectors.jsonl"
VECTORS = [one for line in DATA.read_text().splitlines() if (one := json.loads(line))["measure"] == "connection"]
KEYS = tuple(load().lines)
some = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 100))
enough = st.fixed_dictionaries({key: st.integers(0, 100) for key in KEYS})
Case = Mapping[str, Any]


def by_key(values: list[int | None]) -> dict[str, int]:
    return {key: value for key, value in zip(KEYS, values, strict=True) if value is not None}


@pytest.mark.parametrize("case", VECTORS, ids=str)
def test_a_worked_example_comes_out_as_written(case: Case) -> None:
    found = against(by_key(case["answers"]), by_key(case["own_median"]) if "own_median" in case else {})
    assert (float(found.overall) if found.overall is not None else None, found.ask) == (case["overall"], case["ask"])


def test_the_words_are_those_of_the_reference() -> None:
    assert [(line.key, line.ask, line.low, line.high) for line in load().lines.values()] == [
        ("heard", "How well did your therapist get what you meant?", "missed it", "got it"),
        ("focus", "How close did you two stay to what you came with?", "far from it", "right there"),
        ("way", "How did the way of working sit with you?", "hard for me", "easy for me"),
        ("whole", "All in all, how was it to be there today?", "I’d rather not have been", "I was glad to be there"),
    ]
    assert load().words.first == "This is for the two of you."
    assert load().words.beside == "Where we saw it differently could be worth a minute."


@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        ([60, 80, 80, 80], [[80] * 4], "Worth asking about: heard was lower last time than before."),
        ([60, 50, 80, 80], [[80] * 4], "Worth asking about: focus and heard were lower last time than before."),
        ([61, 80, 80, 80], [[80] * 4], ""),
        ([50] * 4, [], "Worth asking about: it was low last time, all in all."),
        ([50] * 4, [[55] * 4], "Worth asking about: it was low last time, all in all."),
        ([100] * 4, [[100] * 4, [100] * 4], "All high, as before."),
        ([100] * 4, [], ""),
        ([100] * 4, [[90] * 4], ""),
        ([20, None, None, 20], [[90] * 4], ""),
    ],
)
def test_the_brief_says_what_is_worth_asking_about(now: list[int | None], before: list[list[int | None]], says: str) -> None:
    assert reading(by_key(now), [by_key(one) for one in before]).sentence == says


@given(some)
def test_fewer_than_three_lines_say_nothing_and_skipped_ones_are_no_noughts(answers: dict[str, int]) -> None:
    found = overall(answers)
    assert (found is None) == (len(answers) < 3)
    if found is not None:
        exact = Fraction(sum(answers.values()), len(answers) * 10)
        assert abs(Fraction(found) - exact) <= Fraction(1, 20)
        assert Decimal(min(answers.values())) / 10 <= found + Decimal("0.05")


@given(enough, st.lists(enough, max_size=6))
def test_a_line_has_fallen_exactly_from_two_whole_points_below_its_own_median(
    answers: dict[str, int], earlier: list[dict[str, int]]
) -> None:
    fell = set(reading(answers, earlier).fell)
    for key in KEYS:
        usual = median(Fraction(one[key]) for one in earlier) if earlier else None
        assert (key in fell) == (usual is not None and usual - answers[key] >= 20)


@given(enough, st.lists(enough, min_size=1, max_size=6), st.randoms())
def test_the_order_of_those_before_does_not_matter(answers: dict[str, int], earlier: list[dict[str, int]], chance: Any) -> None:
    shuffled = list(earlier)
    chance.shuffle(shuffled)
    assert reading(answers, earlier) == reading(answers, shuffled)


@given(enough, st.lists(enough, min_size=1, max_size=6))
def test_answering_higher_never_makes_it_worth_asking_about(answers: dict[str, int], earlier: list[dict[str, int]]) -> None:
    higher = {key: min(100, value + 10) for key, value in answers.items()}
    if not reading(answers, earlier).ask:
        assert not reading(higher, earlier).ask


@given(st.lists(some, max_size=6))
def test_a_median_is_of_what_was_answered(earlier: list[dict[str, int]]) -> None:
    usual = own_median(earlier)
    assert set(usual) == {key for one in earlier for key in one}
    assert all(0 <= value <= 100 for value in usual.values())


@pytest.mark.parametrize("given_", [{"heard": -1}, {"heard": 101}, {"liked": 50}, {"heard": 50, "": 50}])
def test_what_is_no_answer_is_refused(given_: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="no answer to a line"):
        kept(given_)


def test_a_skipped_line_is_no_key() -> None:
    assert kept({"heard": None, "way": 0}) == {"way": 0}
    assert (STOPS[0], STOPS[-1], len(STOPS)) == (0, 100, 11)


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=30))
def test_a_drawing_has_a_dot_a_value_within_it_and_never_a_line_over_a_gap(values: list[int | None]) -> None:
    told = [Told(this_day(), None if value is None else Decimal(value) / 10) for value in values]
    drawn = trend_of(told, None)
    shown = [value for value in values[-12:] if value is not None]
    assert (drawn is None) == (len(shown) < 2)
    if drawn:
        assert len(drawn.dots) == len(shown)
        assert all(TOP <= dot.y <= BOTTOM for dot in drawn.dots)
        assert sum(way.count("L") for way in drawn.ways) == sum(
            1 for one, other in zip(values[-12:], values[-12:][1:], strict=False) if one is not None and other is not None
        )
