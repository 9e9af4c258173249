"""Long spans by weeks: one value for seven days, so that years stay readable. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from .trends import DAYS_FOR_A_MEAN, DayValue, middle_of

MOST_DAYS = 400
A_WEEK = timedelta(days=7)


def by_weeks(first: date, last: date) -> bool:
    """Whether so many days would be drawn closer than a screen can show."""
    return (last - first).days + 1 > MOST_DAYS


def weekly(days: Iterable[DayValue]) -> list[DayValue]:
    """The median of each week that has any day; `day` is its Monday, `of` how many days."""
    weeks: dict[int, list[float]] = {}
    for day, value, _ in days:
        number = (day.toordinal() - 1) // 7  # the first day of all was a Monday
        if number in weeks:
            weeks[number].append(value)
        else:
            weeks[number] = [value]
    return [DayValue(date.fromordinal(number * 7 + 1), middle_of(values), len(values)) for number, values in weeks.items()]


def weekly_stretches(weeks: Sequence[DayValue]) -> list[list[DayValue]]:
    """Joined are neighbouring weeks alone, each of four days or more: no line says more than was told."""
    parts: list[list[DayValue]] = []
    for one in weeks:
        before = parts[-1][-1] if parts else None
        if before and one.day - before.day == A_WEEK and min(one.of, before.of) >= DAYS_FOR_A_MEAN:
            parts[-1].append(one)
        else:
            parts.append([one])
    return parts
