"""A calendar of one line: each day with a circle that grows and deepens with its value. Empty days stay empty. Pure."""

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from koru.ui.times import MONTHS

from .lines import Line
from .trends import DayValue

STEPS = 6
SMALLEST, GROWS = 2.0, 0.9
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Square:
    """One day. `step` from 0 to 6 deepens the circle and `radius` widens it; None where nothing was told."""

    day: date
    word: str
    step: int | None
    is_session: bool
    is_shown: bool

    @property
    def radius(self) -> float:
        return round(SMALLEST + GROWS * (self.step or 0), 1)


@dataclass(frozen=True)
class Month:
    title: str
    weeks: tuple[tuple[Square | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the legend."""

    step: int
    radius: float
    word: str


def months(line: Line, days: Sequence[DayValue], sessions: Sequence[date], first: date, last: date) -> tuple[Month, ...]:
    """The months from the newest to the oldest; weeks begin on Monday. Days outside the span are not there."""
    told = {one.day: one for one in days}
    held = frozenset(sessions)

    def square(day: date) -> Square:
        one = told.get(day)
        step = step_of(line, one.value) if one else None
        return Square(day, line.say(one.value) if one else "", step, day in held, first <= day <= last)

    return tuple(Month(f"{MONTHS[month - 1]} {year}", _weeks(year, month, square)) for year, month in _months(first, last))


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    at = last.replace(day=1)
    while at >= first.replace(day=1):
        yield at.year, at.month
        at = (at - A_DAY).replace(day=1)


def _weeks(year: int, month: int, square: Callable[[date], Square]) -> tuple[tuple[Square | None, ...], ...]:
    """Weeks that lie outside the span are left out."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    drawn = (tuple(square(day) if day.month == month else None for day in week) for week in weeks)
    return tuple(week for week in drawn if any(one and one.is_shown for one in week))


def step_of(line: Line, value: float) -> int:
    """From 0 at the foot of the scale to 6 at its top."""
    share = (value - line.lowest) / (line.highest - line.lowest)
    return round(STEPS * min(max(share, 0), 1))


def legend(line: Line) -> tuple[Mark, ...]:
    """What the circles mean: the words of the axis, lowest first."""
    known = [*line.axis] or [(value, line.say(value)) for value in (line.highest, line.lowest)]
    steps = ((step_of(line, value), word) for value, word in reversed(known))
    return tuple(Mark(step, round(SMALLEST + GROWS * step, 1), word) for step, word in steps)
