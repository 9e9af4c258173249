"""Rank correlation with its interval: known values, symmetry, and what doesn't matter."""

import itertools
import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.ranks import after_each_other, beyond_chance, closeness, ranks

START = date(2026, 1, 1)
series = st.dictionaries(
    st.integers(0, 60).map(lambda day: START + timedelta(days=day)), st.integers(-3, 3).map(float), min_size=20, max_size=60
)


def days(*values: float) -> dict[date, float]:
    return {START + timedelta(days=2 * place): value for place, value in enumerate(values)}  # never the next day


def test_equal_values_share_the_middle_of_their_places() -> None:
    assert ranks([5, 1, 5, 0]) == [3.5, 2, 3.5, 1]


def test_a_worked_example_without_ties() -> None:
    """Spearman's own formula, 1 - 6 sum(d²) / (n (n² - 1)): d² sums to 8 over six pairs."""
    found = closeness(days(1, 2, 3, 4, 5, 6), days(2, 1, 4, 3, 6, 4.5))
    places = ranks([2, 1, 4, 3, 6, 4.5])
    expected = 1 - 6 * sum((place - at) ** 2 for place, at in zip(range(1, 7), places, strict=True)) / (6 * 35)
    assert found is not None
    assert found.rho == pytest.approx(expected)
    spread = math.sqrt(1.06 / 3)
    assert found.low == pytest.approx(math.tanh(math.atanh(expected) - 1.959964 * spread))


@given(series, series)
def test_the_order_of_the_two_makes_no_difference(one: dict[date, float], other: dict[date, float]) -> None:
    there, back = closeness(one, other), closeness(other, one)
    assert (there is None) == (back is None)
    if there and back:
        assert there.rho == pytest.approx(back.rho)
        assert there.chance == pytest.approx(back.chance)


@given(series, series)
def test_only_the_order_of_values_counts_and_never_the_date(one: dict[date, float], other: dict[date, float]) -> None:
    usual = closeness(one, other)
    stretched = closeness({day: math.exp(value) for day, value in one.items()}, other)
    later = timedelta(days=400)
    moved = closeness({day + later: value for day, value in one.items()}, {day + later: value for day, value in other.items()})
    turned = closeness({day: -value for day, value in one.items()}, other)
    if usual is None:
        assert stretched is moved is turned is None
        return
    assert stretched is not None
    assert moved is not None
    assert turned is not None
    assert usual.rho == pytest.approx(stretched.rho) == pytest.approx(moved.rho) == pytest.approx(-turned.rho)
    assert usual.chance == pytest.approx(moved.chance) == pytest.approx(turned.chance)


@given(series, series)
def test_the_interval_holds_the_value_and_stays_on_the_scale(one: dict[date, float], other: dict[date, float]) -> None:
    found = closeness(one, other)
    if found:
        assert -1 <= found.low <= found.rho <= found.high <= 1
        assert 0 <= found.chance <= 1


def test_what_never_changes_goes_with_nothing() -> None:
    assert closeness(days(*[1] * 20), days(*range(20))) is None
    assert closeness({}, {}) is None


def test_days_that_are_like_the_day_before_count_for_less() -> None:
    told = [float(place // 10 % 2) for place in range(60)]
    daily = {START + timedelta(days=place): value for place, value in enumerate(told)}
    spread_out = days(*told)
    near, far = closeness(daily, daily), closeness(spread_out, spread_out)
    assert near is not None
    assert far is not None
    assert near.low < far.low
    assert after_each_other(list(daily), told) > 0.7


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Pairs drawn with a known correlation of ranks: 95 in 100 intervals hold it, give or take."""
    luck, held = random.Random(7), 0
    truth = 6 / math.pi * math.asin(0.5 / 2)  # Spearman's for normal pairs whose Pearson's is 0.5
    for _ in range(400):
        first = [luck.gauss(0, 1) for _ in range(40)]
        second = [0.5 * value + math.sqrt(0.75) * luck.gauss(0, 1) for value in first]
        found = closeness(days(*first), days(*second))
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_of_several_only_those_stand_out_that_bear_having_been_looked_for() -> None:
    assert beyond_chance([0.001, 0.04, 0.03, 0.9], 0.05) == [0]
    assert beyond_chance([0.01, 0.02, 0.03], 0.05) == [0, 1, 2]
    assert beyond_chance([], 0.05) == []


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_clearest_come_first(chances: list[float]) -> None:
    shown = [chances[which] for which in beyond_chance(chances, 0.05)]
    assert all(one <= other for one, other in itertools.pairwise(shown))
    assert all(chance <= 0.05 for chance in shown)
