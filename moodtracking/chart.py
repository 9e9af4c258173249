"""One chart as numbers for its SVG, 360 wide: where lines, dots and session marks lie. Pure; the template draws."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from .lines import Line
from .trends import POINTS_FOR_A_LINE, DayValue, stretches, weekly_means
from .weeks import by_weeks, weekly_stretches

LEFT, RIGHT, TOP, BOTTOM = 96.0, 352.0, 26.0, 152.0
ROOM_FOR_A_WORD = 14
HALF_A_WEEK = timedelta(days=3)


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A word on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class SessionMark:
    x: float
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the drawing shows. `lines` join the values of one stretch, `means` its weekly ones, with `areas` below.

    `marked` are dots that were picked out, such as the days on which something was around.
    """

    lines: tuple[str, ...]
    means: tuple[str, ...]
    areas: tuple[str, ...]
    points: tuple[Point, ...]
    marked: tuple[Point, ...]
    now: Point | None
    words: tuple[Label, ...]
    days: tuple[Label, ...]
    sessions: tuple[SessionMark, ...]

    @property
    def dots(self) -> str:
        """All points as one path: strokes of no length, with round ends."""
        return dots(self.points)

    @property
    def rings(self) -> str:
        return dots(self.marked)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a day and a value lie. The same scale for a person over time: all of it, whatever they answered."""

    first: date
    last: date
    lowest: float
    highest: float

    @classmethod
    def around(cls, line: Line, days: Iterable[DayValue], first: date, last: date) -> "Frame":
        highest = max([line.highest, *(one.value for one in days)]) if line.stretches else line.highest
        return cls(first, last, line.lowest, highest)

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / whole, 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.lowest) / (self.highest - self.lowest), 1)

    def point(self, day: date, value: float) -> Point:
        return Point(self.x(day), self.y(value))

    def places(self, parts: Iterable[Sequence[DayValue]]) -> list[list[Point]]:
        """As `point`, for years of them."""
        whole, scale, first = (self.last - self.first).days or 1, self.highest - self.lowest, self.first.toordinal()
        wide, high, lowest = RIGHT - LEFT, BOTTOM - TOP, self.lowest
        return [
            [
                Point(
                    round(LEFT + wide * (day.toordinal() - first) / whole, 1), round(BOTTOM - high * (value - lowest) / scale, 1)
                )
                for day, value, _ in part
            ]
            for part in parts
        ]


def chart_of(
    line: Line, told: Sequence[DayValue], sessions: Sequence[date], first: date, last: date, *, marked: Sequence[DayValue] = ()
) -> Chart:
    """The chart of one line from `first` to `last`. A day without a value has no mark on it.

    Fewer than three values are points, never a line. Over more days than a screen has room for, `told` are weeks.
    """
    frame = Frame.around(line, told, first, last)
    parts, means = _parts(line, told, frame)
    drawn, averaged = frame.places(parts), frame.places(means)
    points = tuple(chain.from_iterable(drawn))
    return Chart(
        lines=tuple(path(part) for part in drawn if len(part) > 1),
        means=tuple(map(path, averaged)),
        areas=tuple(map(area, averaged)),
        points=points,
        marked=tuple(frame.point(one.day, one.value) for one in marked),
        now=points[-1] if points else None,
        words=tuple(Label(frame.y(value), text) for value, text in _axis(line, frame)),
        days=_dates(frame),
        sessions=_sessions(frame, sessions),
    )


Parts = list[list[DayValue]]


def _parts(line: Line, told: Sequence[DayValue], frame: Frame) -> tuple[Parts, Parts]:
    """What is joined to lines, and the weekly means over it."""
    if line.apart:
        return (stretches(told, line.apart) if len(told) >= POINTS_FOR_A_LINE else [[one] for one in told]), []
    return _by_weeks(told, frame) if by_weeks(frame.first, frame.last) else _by_days(told, frame)


def _by_days(told: Sequence[DayValue], frame: Frame) -> tuple[Parts, Parts]:
    shown = [one for one in told if frame.first <= one.day <= frame.last]
    parts = stretches(shown) if len(shown) >= POINTS_FOR_A_LINE else [[one] for one in shown]
    means = weekly_means(shown)
    averaged = ([DayValue(one.day, means[one.day]) for one in part if one.day in means] for part in parts)
    return parts, [part for part in averaged if len(part) > 1]


def _by_weeks(weeks: Sequence[DayValue], frame: Frame) -> tuple[Parts, Parts]:
    """Each dot in the middle of its week, or at the edge of what is shown."""
    parts = weekly_stretches(weeks)
    edges = frame.first, frame.last
    return [
        [DayValue(min(max(day + HALF_A_WEEK, edges[0]), edges[1]), value, of) for day, value, of in part] for part in parts
    ], []


def _axis(line: Line, frame: Frame) -> list[tuple[float, str]]:
    """Three words: the highest, the middle, the lowest."""
    if line.axis:
        return [(value, short(word)) for value, word in line.axis]
    middle = (frame.lowest + frame.highest) / 2
    return [(value, f"{value:g} hours") for value in (frame.highest, middle, frame.lowest)]


def short(word: str) -> str:
    """As much of a word as the side of the chart has room for."""
    word = word[:1].upper() + word[1:]
    return word if len(word) <= ROOM_FOR_A_WORD else word[: ROOM_FOR_A_WORD - 1].rstrip() + "…"


def _dates(frame: Frame) -> tuple[Label, ...]:
    middle = frame.first + (frame.last - frame.first) / 2
    days = dict.fromkeys((frame.first, middle, frame.last))
    months = by_weeks(frame.first, frame.last)
    return tuple(Label(frame.x(day), f"{day:%b %Y}" if months else f"{day.day} {day:%b}") for day in days)


def _sessions(frame: Frame, sessions: Sequence[date]) -> tuple[SessionMark, ...]:
    numbered = enumerate(sessions, 1)
    return tuple(SessionMark(frame.x(day), number, day) for number, day in numbered if frame.first <= day <= frame.last)


def path(points: Iterable[Point]) -> str:
    """The d of a path through these points."""
    return "M" + "L".join([f"{x} {y}" for x, y in points])


def area(points: Sequence[Point]) -> str:
    """The d of the shape under such a path, down to the lowest value."""
    return f"{path(points)}L{points[-1].x} {BOTTOM}L{points[0].x} {BOTTOM}Z"


def dots(points: Iterable[Point]) -> str:
    return "".join([f"M{x} {y}h0" for x, y in points])
