"""A sharp drop of mood, by every line of clinical.md 5.2, and by what must not matter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.mood_drop import has_dropped
from moodtracking.trends import DayValue

TODAY = date(2026, 11, 22)  # a Sunday
moods = st.lists(st.integers(-3, 3) | st.none(), min_size=0, max_size=21)


def days_ending(values: list[float | None], last: date = TODAY) -> list[DayValue]:
    """One value a day, the last of them on `last`; None is a day without any."""
    first = last - timedelta(days=len(values) - 1)
    return [DayValue(first + timedelta(days=n), value) for n, value in enumerate(values) if value is not None]


@pytest.mark.parametrize(
    ("before", "last", "dropped"),
    [
        ([1, 1, 0, 1, 2, 1], [1, -1, -1], True),
        ([1, 1, 0, 1, 2, 1], [0, -1, 0], False),
        ([-2, -2, -1, -2, -2], [-3, -3, -3], False),
        ([0, 1, 0, 1], [-3, -3], False),
        ([0, 0, 1, 0, -1], [-3], True),
        ([2, 2, 2, 2, 2], [-1, None, None, None, None, None, -1], False),
        ([2, 2, 2, 2, 2], [0, 0, 0], False),
        ([-1, -1, -1, -1, -1], [-3], True),
    ],
)
def test_each_line_of_the_reference(before: list[float | None], last: list[float | None], dropped: bool) -> None:
    assert has_dropped(days_ending([*before, *last]), TODAY) is dropped


def test_two_low_days_of_which_one_lies_five_days_back_are_no_drop() -> None:
    assert has_dropped(days_ending([2, 2, 2, 2, 2, -1, None, None, -1]), TODAY)
    assert not has_dropped(days_ending([2, 2, 2, 2, 2, -1, None, None, None, -1]), TODAY)


def test_days_more_than_a_fortnight_before_are_no_base() -> None:
    long_ago: list[float | None] = [2, 2, 2, 2, 2]
    silence: list[float | None] = [None] * 14
    assert not has_dropped(days_ending([*long_ago, *silence, -3]), TODAY)
    assert has_dropped(days_ending([*long_ago, *silence[:9], -3]), TODAY)


@given(moods)
def test_without_a_low_day_there_is_no_drop(values: list[float | None]) -> None:
    risen = [max(value, 0) if value is not None else None for value in values]
    assert not has_dropped(days_ending(risen), TODAY)


@given(moods)
def test_a_drop_needs_five_days_before_it(values: list[float | None]) -> None:
    few = days_ending(values)[-5:]
    assert not has_dropped(few, TODAY)


@given(moods, st.integers(1, 400))
def test_the_same_days_on_other_dates_say_the_same(values: list[float | None], days: int) -> None:
    moved = TODAY + timedelta(days=days)
    assert has_dropped(days_ending(values), TODAY) is has_dropped(days_ending(values, moved), moved)


@given(moods)
def test_what_lies_ahead_says_nothing(values: list[float | None]) -> None:
    ahead = days_ending([-3, -3, -3], TODAY + timedelta(days=3))
    assert has_dropped(days_ending(values), TODAY) is has_dropped([*days_ending(values), *ahead], TODAY)
