"""One chart as numbers for its SVG, 360 wide: where lines, points and session marks lie. Pure; the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .items import Item
from .sentences import worded
from .trends import POINTS_FOR_A_LINE, DayValue, stretches, weekly_means

LEFT, RIGHT, TOP, BOTTOM = 96.0, 352.0, 26.0, 152.0
ROOM_FOR_A_WORD = 14


@dataclass(frozen=True, slots=True)
class Point:
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
    """All that the drawing shows. `lines` join the daily values of one stretch, `means` its weekly ones, with `areas` below."""

    lines: tuple[str, ...]
    means: tuple[str, ...]
    areas: tuple[str, ...]
    points: tuple[Point, ...]
    now: Point | None
    words: tuple[Label, ...]
    days: tuple[Label, ...]
    sessions: tuple[SessionMark, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a day and a value lie. The same scale for a person over time: all of it, whatever they answered."""

    first: date
    last: date
    lowest: float
    highest: float

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / whole, 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.lowest) / (self.highest - self.lowest), 1)

    def point(self, day: date, value: float) -> Point:
        return Point(self.x(day), self.y(value))


def chart_of(item: Item, days: Sequence[DayValue], sessions: Sequence[date], first: date, last: date) -> Chart:
    """The chart of one question from `first` to `last`. A day without a value has no mark on it.

    Fewer than three values are points, never a line.
    """
    frame = Frame(first, last, *_scale(item, days))
    shown = [one for one in days if first <= one.day <= last]
    parts = stretches(shown) if len(shown) >= POINTS_FOR_A_LINE else [[one] for one in shown]
    means = weekly_means(shown)
    averaged = [[DayValue(one.day, means[one.day]) for one in part if one.day in means] for part in parts]
    return Chart(
        lines=tuple(path(frame, part) for part in parts if len(part) > 1),
        means=tuple(path(frame, part) for part in averaged if len(part) > 1),
        areas=tuple(area(frame, part) for part in averaged if len(part) > 1),
        points=tuple(frame.point(one.day, one.value) for one in shown),
        now=frame.point(shown[-1].day, shown[-1].value) if shown else None,
        words=tuple(Label(frame.y(value), text) for value, text in _axis(item, frame)),
        days=_dates(frame),
        sessions=_sessions(frame, sessions),
    )


def _scale(item: Item, days: Sequence[DayValue]) -> tuple[float, float]:
    """Hours that nobody sleeps are not shown: from 0 to 12, unless more was told."""
    if item.anchors:
        return item.lowest, item.highest
    return 0, max([12, *(one.value for one in days)])


def _axis(item: Item, frame: Frame) -> list[tuple[float, str]]:
    """Three words: the highest, the middle, the lowest."""
    middle = (frame.lowest + frame.highest) / 2
    if not item.anchors:
        return [(value, f"{value:g} hours") for value in (frame.highest, middle, frame.lowest)]
    word = worded(item)
    return [(value, short(word(value))) for value in (frame.highest, middle, frame.lowest)]


def short(word: str) -> str:
    """As much of a word as the side of the chart has room for."""
    word = word[:1].upper() + word[1:]
    return word if len(word) <= ROOM_FOR_A_WORD else word[: ROOM_FOR_A_WORD - 1].rstrip() + "…"


def _dates(frame: Frame) -> tuple[Label, ...]:
    middle = frame.first + (frame.last - frame.first) / 2
    days = dict.fromkeys((frame.first, middle, frame.last))
    return tuple(Label(frame.x(day), f"{day.day} {day:%b}") for day in days)


def _sessions(frame: Frame, sessions: Sequence[date]) -> tuple[SessionMark, ...]:
    numbered = enumerate(sessions, 1)
    return tuple(SessionMark(frame.x(day), number, day) for number, day in numbered if frame.first <= day <= frame.last)


def path(frame: Frame, days: Sequence[DayValue]) -> str:
    """The d of a path through these days."""
    points = [frame.point(one.day, one.value) for one in days]
    return "M" + "L".join(f"{point.x} {point.y}" for point in points)


def area(frame: Frame, days: Sequence[DayValue]) -> str:
    """The d of the shape under such a path, down to the lowest value."""
    return f"{path(frame, days)}L{frame.x(days[-1].day)} {BOTTOM}L{frame.x(days[0].day)} {BOTTOM}Z"
