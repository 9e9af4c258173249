"""The drawing of a line: no mark on a day without data, a gap stays a gap, one scale for a person over time."""

import itertools
import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodtracking.chart import BOTTOM, LEFT, RIGHT, TOP, Chart, Frame, chart_of
from moodtracking.item_sets import load
from moodtracking.lines import line_of
from moodtracking.trends import DayValue, daily_values

MOOD = line_of(load().items["mood"])
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 29)
FRAME = Frame(FIRST, LAST, -3, 3)
days_told = st.lists(st.tuples(st.integers(-20, 110), st.integers(-3, 3)), max_size=60).map(
    lambda rows: daily_values([(FIRST + timedelta(days=day), value) for day, value in rows])
)


def xs(drawn: str) -> list[float]:
    return [float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", drawn)]


def drawn(days: list[DayValue], *sessions: date) -> Chart:
    return chart_of(MOOD, days, sessions, FIRST, LAST)


@given(days_told)
def test_no_mark_lies_on_a_day_without_data(days: list[DayValue]) -> None:
    chart = drawn(days)
    told = {FRAME.x(one.day) for one in days if FIRST <= one.day <= LAST}
    assert {point.x for point in chart.points} == told
    for line in (*chart.lines, *chart.means, *chart.areas):
        assert set(xs(line)) <= told


@given(days_told)
def test_a_gap_of_more_than_three_days_is_never_drawn_across(days: list[DayValue]) -> None:
    of_x = {FRAME.x(FIRST + timedelta(days=day)): day for day in range(90)}
    chart = drawn(days)
    for line in (*chart.lines, *chart.means):
        at = [of_x[x] for x in xs(line)]
        told = sorted(of_x[point.x] for point in chart.points if at[0] <= of_x[point.x] <= at[-1])
        assert all(later - earlier <= 3 for earlier, later in itertools.pairwise(told))


@given(days_told)
def test_every_mark_lies_in_the_frame(days: list[DayValue]) -> None:
    for point in drawn(days).points:
        assert LEFT <= point.x <= RIGHT
        assert TOP <= point.y <= BOTTOM


def test_fewer_than_three_values_are_points() -> None:
    chart = drawn([DayValue(FIRST, 1), DayValue(FIRST + timedelta(days=1), 2)])
    assert chart.lines == ()
    assert len(chart.points) == 2


def test_nothing_told_draws_nothing() -> None:
    chart = drawn([])
    assert (chart.lines, chart.means, chart.points, chart.now) == ((), (), (), None)


def test_sessions_keep_their_number_when_earlier_ones_are_out_of_sight() -> None:
    chart = drawn([], FIRST - timedelta(days=30), FIRST + timedelta(days=1))
    assert [(mark.number, mark.day) for mark in chart.sessions] == [(2, FIRST + timedelta(days=1))]


def test_the_axis_has_words_and_the_days_three_dates() -> None:
    chart = drawn([DayValue(FIRST, 1)])
    assert [label.text for label in chart.words] == ["Very good", "In between", "Very low"]
    assert [label.text for label in chart.days] == ["1 Sep", "15 Oct", "29 Nov"]


def test_the_scale_is_the_same_whatever_was_answered() -> None:
    low, high = drawn([DayValue(FIRST, -3)]), drawn([DayValue(FIRST, 3)])
    assert (low.points[0].y, high.points[0].y) == (BOTTOM, TOP)


def test_a_long_night_stays_within_the_drawing() -> None:
    hours = line_of(load().items["sleep_hours"])
    chart = chart_of(hours, [DayValue(FIRST, 14), DayValue(LAST, 6)], [], FIRST, LAST)
    assert chart.points[0].y == TOP
