"""Sessions laid over each other, as numbers for an SVG 360 wide. Pure; the template draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .aligned import AFTER, BEFORE, MOST, Around, middle_of, since_words
from .chart import BOTTOM, LEFT, RIGHT, TOP, Label, Point, dots, short
from .lines import Line
from .trends import DayValue

LONGEST_GAP = 3
Points = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Strand:
    """The days around one session as a path of its own stroke: `style` 1 to 4, told apart by dashes and its number."""

    number: int
    style: int
    lines: str
    dots: str
    end: Point


@dataclass(frozen=True)
class AlignedChart:
    """`middle` is drawn over the strands where three sessions or more have a day. `zero` is where the session lies."""

    strands: tuple[Strand, ...]
    middle: str
    zero: float
    words: tuple[Label, ...]
    days: tuple[Label, ...]
    header: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def aligned_chart(line: Line, days: Sequence[DayValue], courses: Sequence[Around]) -> AlignedChart:
    """The latest four sessions; the middle counts all of them."""
    highest = max([line.highest, *(one.value for one in days)]) if line.stretches else line.highest
    frame = Frame(line.lowest, highest)
    shown = courses[-MOST:]
    return AlignedChart(
        strands=tuple(_strand(frame, course, style) for style, course in enumerate(shown, 1)),
        middle=frame.paths(middle_of(courses)),
        zero=frame.x(0),
        words=tuple(Label(frame.y(value), short(word)) for value, word in line.axis),
        days=tuple(
            Label(frame.x(since), word) for since, word in ((BEFORE, "a week before"), (14, "14 days"), (AFTER, "28 days"))
        ),
        header=tuple(course.number for course in shown),
        rows=tuple(_rows(line, shown)),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    lowest: float
    highest: float

    def x(self, since: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (since - BEFORE) / (AFTER - BEFORE), 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.lowest) / (self.highest - self.lowest), 1)

    def point(self, since: int, value: float) -> Point:
        return Point(self.x(since), self.y(value))

    def paths(self, points: Points) -> str:
        """The d of lines through the points, broken where more than three days lie between two."""
        drawn, before = "", None
        for since, value in points:
            joins = before is not None and since - before <= LONGEST_GAP
            at = self.point(since, value)
            drawn += f"{'L' if joins else 'M'}{at.x} {at.y}"
            before = since
        return drawn


def _strand(frame: Frame, course: Around, style: int) -> Strand:
    drawn = [frame.point(since, value) for since, value in course.points]
    return Strand(course.number, style, frame.paths(course.points), dots(drawn), drawn[-1])


def _rows(line: Line, shown: Sequence[Around]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One row a day that any session has a value on."""
    told = [dict(course.points) for course in shown]
    for since in sorted({since for points in told for since in points}):
        yield since_words(since), tuple(line.say(points[since]) if since in points else "" for points in told)
