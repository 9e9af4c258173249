"""Weeks, sessions laid over each other, squares of a calendar, ranges: what each rule promises, whatever the days."""

import csv
import io
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.ui.csv_rows import lines, safe
from moodtracking.aligned import AFTER, BEFORE, aligned, middle_of, since_words
from moodtracking.aligned_chart import aligned_chart
from moodtracking.chart import LEFT, RIGHT, chart_of
from moodtracking.day_squares import STEPS, legend, months, step_of
from moodtracking.item_sets import load
from moodtracking.lines import line_of
from moodtracking.ranges import own_range, range_of
from moodtracking.trends import DayValue, daily_values
from moodtracking.weeks import by_weeks, weekly, weekly_stretches

MOOD = line_of(load().items["mood"])
START = date(2025, 1, 6)  # a Monday
told = st.lists(st.tuples(st.integers(0, 1200), st.integers(-3, 3)), max_size=120).map(
    lambda rows: daily_values((START + timedelta(days=day), float(value)) for day, value in rows)
)
sessions = st.lists(st.integers(0, 1200), max_size=6, unique=True).map(
    lambda rows: [START + timedelta(days=day) for day in sorted(rows)]
)


def values(*days: int) -> list[DayValue]:
    return [DayValue(START + timedelta(days=day), 1) for day in days]


@given(told)
def test_weeks_hold_every_day_once_and_begin_on_monday(days: list[DayValue]) -> None:
    weeks = weekly(days)
    assert sum(week.of for week in weeks) == len(days)
    assert all(week.day.weekday() == 0 for week in weeks)
    assert [week.day for week in weeks] == sorted({day.day - timedelta(days=day.day.weekday()) for day in days})


@given(told)
def test_no_line_crosses_a_week_without_or_with_few_days(days: list[DayValue]) -> None:
    for part in weekly_stretches(weekly(days)):
        assert len(part) == 1 or all(week.of >= 4 for week in part)
        assert {later.day - earlier.day for earlier, later in itertools.pairwise(part)} <= {timedelta(days=7)}


def test_a_year_is_drawn_by_days_and_more_by_weeks() -> None:
    assert not by_weeks(START, START + timedelta(days=399))
    assert by_weeks(START, START + timedelta(days=400))


@given(told)
def test_long_spans_keep_their_dots_inside_and_one_a_week(days: list[DayValue]) -> None:
    last = START + timedelta(days=1200)
    weeks = weekly(days)
    chart = chart_of(MOOD, weeks, [], START, last)
    assert len(chart.points) == len(weeks)
    assert all(LEFT <= point.x <= RIGHT for point in chart.points)


@given(told, sessions)
def test_each_day_is_told_after_one_session_alone(days: list[DayValue], held: list[date]) -> None:
    after = [course.day + timedelta(days=since) for course in aligned(days, held) for since, _ in course.points if since >= 0]
    assert len(after) == len(set(after))
    assert set(after) <= {one.day for one in days}


@given(told, sessions)
def test_laid_over_each_other_nothing_is_made_up(days: list[DayValue], held: list[date]) -> None:
    by_day = {one.day: one.value for one in days}
    courses = aligned(days, held)
    for course in courses:
        assert all(BEFORE <= since <= AFTER for since, _ in course.points)
        assert all(by_day[course.day + timedelta(days=since)] == value for since, value in course.points)
    told_on = [since for course in courses for since, _ in course.points]
    assert all(told_on.count(since) >= 3 for since, _ in middle_of(courses))


def test_days_since_are_said_in_words() -> None:
    assert [since_words(since) for since in (-2, -1, 0, 1, 28)] == [
        "2 days before", "1 day before", "the day itself", "1 day after", "28 days after",
    ]  # fmt: skip


def test_the_latest_four_sessions_are_drawn_and_a_gap_breaks_their_line() -> None:
    held = [START + timedelta(days=40 * number) for number in range(5)]
    days = values(*(40 * number + since for number in range(5) for since in (1, 2, 7)))
    chart = aligned_chart(MOOD, days, aligned(days, held))
    assert [strand.number for strand in chart.strands] == [2, 3, 4, 5]
    assert [strand.style for strand in chart.strands] == [1, 2, 3, 4]
    assert all(strand.lines.count("M") == 2 for strand in chart.strands)
    assert chart.rows[0] == ("1 day after", ("okay",) * 4)


@given(told, st.integers(0, 1200), st.integers(0, 120))
def test_the_calendar_has_each_day_once_and_words_on_those_told_alone(days: list[DayValue], begin: int, long: int) -> None:
    first, last = START + timedelta(days=begin), START + timedelta(days=begin + long)
    squares = [one for month in months(MOOD, days, [], first, last) for week in month.weeks for one in week if one]
    shown = [one.day for one in squares if one.is_shown]
    assert sorted(shown) == [first + timedelta(days=number) for number in range(long + 1)]
    assert {one.day for one in squares if one.word} == {one.day for one in days} & {one.day for one in squares}
    assert all(any(one and one.is_shown for one in week) for month in months(MOOD, days, [], first, last) for week in month.weeks)
    assert all((one.step is None) == (one.word == "") for one in squares)


def test_circles_deepen_and_widen_from_the_foot_to_the_top() -> None:
    steps = [step_of(MOOD, value) for value in range(-3, 4)]
    assert steps == list(range(STEPS + 1))
    assert [mark.word for mark in legend(MOOD)] == ["very low", "in between", "very good"]
    assert [mark.radius for mark in legend(MOOD)] == sorted(mark.radius for mark in legend(MOOD))


def test_hours_of_sleep_have_a_legend_of_their_own() -> None:
    assert [mark.word for mark in legend(line_of(load().items["sleep_hours"]))] == ["0 hours", "12 hours"]


def test_ranges_count_today_in_and_stay_in_their_bounds() -> None:
    assert (range_of("30", START).begins, range_of("30", START).last) == (START - timedelta(days=29), START)
    assert range_of("all", START).first is None
    late = own_range(date(1990, 1, 1), date(2999, 1, 1), START)
    assert (late.begins, late.last) == (date(2000, 1, 1), START)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\uff1d1", "=HYPERLINK('x')"])
def test_words_that_a_spreadsheet_would_run_are_held_back(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_numbers_stay_numbers() -> None:
    assert [safe(-3.0), safe(2), safe("okay")] == [-3.0, 2, "okay"]


@given(st.lists(st.tuples(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.integers())))
def test_every_line_reads_back_as_it_was(rows: list[tuple[str, float, int]]) -> None:
    written = "".join(lines(rows, head=("a", "b", "c")))
    [_, *back] = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [word.removeprefix("'"), str(number), str(count)] for word, number, count in rows
    ]
