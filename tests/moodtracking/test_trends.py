"""Lines over days: the median, gaps that stay gaps, weekly means of four days or more."""

import itertools
from datetime import date, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from moodtracking.trends import DayValue, by_key, daily_values, middle, quiet_stretches, stretches, weekly_means

START = date(2026, 1, 1)
days_told = st.lists(st.tuples(st.integers(0, 120), st.integers(-3, 3)), max_size=80).map(
    lambda rows: [(START + timedelta(days=day), value) for day, value in rows]
)


def values(*days: int) -> list[DayValue]:
    return [DayValue(START + timedelta(days=day), 0) for day in days]


def test_the_value_of_a_day_is_the_median_of_its_check_ins() -> None:
    told = [(START, -3.0), (START, 3.0), (START, 1.0), (START + timedelta(days=1), 2.0)]
    assert daily_values(told) == [DayValue(START, 1, 3), DayValue(START + timedelta(days=1), 2, 1)]


def test_a_gap_of_three_days_keeps_the_line_and_of_four_breaks_it() -> None:
    assert len(stretches(values(0, 3))) == 1
    assert len(stretches(values(0, 4))) == 2


def test_the_quiet_days_are_those_between() -> None:
    assert quiet_stretches(values(1, 9)) == [(START + timedelta(days=2), START + timedelta(days=8))]


def test_a_weekly_mean_needs_four_of_its_seven_days() -> None:
    assert weekly_means(values(0, 1, 2)) == {}
    assert set(weekly_means(values(0, 1, 2, 3))) == {START + timedelta(days=day) for day in (0, 1, 2, 3)}
    assert weekly_means(values(0, 4, 8, 12)) == {}


@given(days_told)
def test_no_day_without_a_check_in_gets_a_value(told: list[tuple[date, float]]) -> None:
    days = daily_values(told)
    assert {one.day for one in days} == {day for day, _ in told}
    assert [one.day for one in days] == sorted(one.day for one in days)
    assert sum(one.of for one in days) == len(told)


@given(days_told)
def test_every_value_is_in_one_stretch_and_no_stretch_spans_a_gap(told: list[tuple[date, float]]) -> None:
    days = daily_values(told)
    parts = stretches(days)
    assert [one for part in parts for one in part] == days
    for part in parts:
        assert all(later.day - earlier.day <= timedelta(days=3) for earlier, later in itertools.pairwise(part))
    for one, other in itertools.pairwise(parts):
        assert other[0].day - one[-1].day > timedelta(days=3)


@given(days_told)
def test_a_weekly_mean_lies_on_a_day_with_a_value_and_within_what_was_told(told: list[tuple[date, float]]) -> None:
    days = daily_values(told)
    means = weekly_means(days)
    assert set(means) <= {one.day for one in days}
    assert all(min(one.value for one in days) <= mean <= max(one.value for one in days) for mean in means.values())


@given(days_told)
def test_the_middle_of_a_window_is_the_median_of_its_days(told: list[tuple[date, float]]) -> None:
    days = daily_values(told)
    first, last = START + timedelta(days=10), START + timedelta(days=40)
    within = [one.value for one in days if first <= one.day <= last]
    assert middle(days, first, last) == ((median(within), len(within)) if within else None)


def test_a_skipped_question_has_no_day() -> None:
    told = by_key([(START, {"mood": 1}), (START + timedelta(days=1), {"energy": 0})])
    assert told == {"mood": [DayValue(START, 1)], "energy": [DayValue(START + timedelta(days=1), 0)]}


answers = st.dictionaries(st.sampled_from(["mood", "energy", "tension"]), st.integers(-3, 4), max_size=3)


@given(st.lists(st.tuples(st.integers(0, 40), answers), max_size=50))
def test_read_at_once_each_question_has_the_same_days_as_alone(rows: list[tuple[int, dict[str, float]]]) -> None:
    """In whatever order check-ins come: after a flight, the later instant can have the earlier day."""
    dated = [(START + timedelta(days=number), said) for number, said in rows]
    told = by_key(dated)
    assert set(told) == {key for _, said in rows for key in said}
    for key, days in told.items():
        assert days == daily_values((day, said[key]) for day, said in dated if key in said)
        assert all(isinstance(one, DayValue) for one in days)
