"""Lines over days from check-ins (clinical.md 3.4): medians, gaps that stay gaps, weekly means. Pure: no database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import fmean, median
from typing import NamedTuple

LONGEST_GAP = timedelta(days=3)
HALF_A_WEEK = timedelta(days=3)
DAYS_FOR_A_MEAN = 4
POINTS_FOR_A_LINE = 3


class DayValue(NamedTuple):
    """The median of one day, and of how many check-ins. A tuple: years of them are made at once."""

    day: date
    value: float
    of: int = 1


def daily_values(told: Iterable[tuple[date, float]]) -> list[DayValue]:
    """One value a day that has any, oldest first: the median of its check-ins."""
    ordered = sorted(told)
    if len(dict(ordered)) == len(ordered):
        return [DayValue(day, value) for day, value in ordered]
    return [_of_day(day, [value for _, value in pairs]) for day, pairs in groupby(ordered, itemgetter(0))]


def _of_day(day: date, values: list[float]) -> DayValue:
    return DayValue(day, middle_of(values), len(values))


def middle_of(values: list[float]) -> float:
    """Their median. For a handful of values, thousands of times a page."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def stretches(days: Sequence[DayValue], apart: timedelta = LONGEST_GAP) -> list[list[DayValue]]:
    """Cut where more than three days lie between two values: no line is drawn across."""
    parts: list[list[DayValue]] = []
    for one in days:
        if parts and one.day - parts[-1][-1].day <= apart:
            parts[-1].append(one)
        else:
            parts.append([one])
    return parts


def quiet_stretches(days: Sequence[DayValue]) -> list[tuple[date, date]]:
    """First and last day of each gap that breaks the line."""
    between = pairwise(days)
    one_day = timedelta(days=1)
    return [(a.day + one_day, b.day - one_day) for a, b in between if b.day - a.day > LONGEST_GAP]


def weekly_means(days: Sequence[DayValue]) -> dict[date, float]:
    """The mean of the seven days around each day that has a value, where at least four of them have one."""
    values = {one.day: one.value for one in days}
    means: dict[date, float] = {}
    for day in values:
        around = [values[other] for other in _week_around(day) if other in values]
        if len(around) >= DAYS_FOR_A_MEAN:
            means[day] = fmean(around)
    return means


def _week_around(day: date) -> list[date]:
    return [day + timedelta(days=offset) for offset in range(-HALF_A_WEEK.days, HALF_A_WEEK.days + 1)]


def middle(days: Iterable[DayValue], first: date, last: date) -> tuple[float, int] | None:
    """The median of the daily values from `first` to `last`, both counted in, and of how many days."""
    values = [one.value for one in days if first <= one.day <= last]
    return (median(values), len(values)) if values else None


def by_key(rows: Iterable[tuple[date, Mapping[str, float]]]) -> dict[str, list[DayValue]]:
    """The daily values of each question that was answered, oldest first. One pass: years are read at once."""
    days: dict[date, list[Mapping[str, float]]] = {}
    for day, answers in rows:
        if day in days:
            days[day].append(answers)
        else:
            days[day] = [answers]
    told: dict[str, list[DayValue]] = {}
    for day in sorted(days):
        check_ins = days[day]
        if len(check_ins) > 1:
            _add_several(told, day, check_ins)
            continue
        for key, value in check_ins[0].items():
            one = tuple.__new__(DayValue, (day, value, 1))  # its own way of being made takes three times as long
            if key in told:
                told[key].append(one)
            else:
                told[key] = [one]
    return told


def _add_several(told: dict[str, list[DayValue]], day: date, check_ins: list[Mapping[str, float]]) -> None:
    """The medians of a day with several check-ins to what was told before."""
    values: dict[str, list[float]] = defaultdict(list)
    for answers in check_ins:
        for key, value in answers.items():
            values[key].append(value)
    for key, said in values.items():
        told.setdefault(key, []).append(_of_day(day, said))
