"""The week as a grid: days across, half hours down. Pure. Hours that begin or end between half hours get rows of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from koru.ui.times import WEEKDAYS, spoken_time

from .working import Stretch, Week, joined

USUAL = (time(8), time(18))
LAST = time(23, 59)
HALVES = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 30)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One half hour of a weekday. `value` is what a form sends for it."""

    weekday: int
    opens: time
    closes: time
    checked: bool

    @property
    def value(self) -> str:
        return f"{self.weekday}-{self.opens:%H%M}-{self.closes:%H%M}"

    @property
    def label(self) -> str:
        return f"{WEEKDAYS[self.weekday - 1]} {spoken_time(self.opens)} to {spoken_time(self.closes)}"

    @property
    def is_full(self) -> bool:
        return self.opens.minute == 0

    @property
    def begins(self) -> str:
        return clock_words(self.opens)

    @property
    def ends(self) -> str:
        return clock_words(self.closes)


@dataclass(frozen=True, slots=True)
class Column:
    weekday: int
    cells: Sequence[Cell]

    @property
    def name(self) -> str:
        return WEEKDAYS[self.weekday - 1]


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` are the words beside the rows: full hours, else empty. `whole`: from midnight to midnight."""

    columns: Sequence[Column]
    rows: Sequence[str]
    whole: bool


def grid_of(week: Week, first_weekday: int, *, whole: bool = False) -> Grid:
    """The grid of a week, beginning with that weekday (ISO). Each of its stretches is on it to the minute."""
    edges = edges_of([stretch for stretches in week.values() for stretch in stretches], whole=whole)
    rows = list(pairwise(edges))
    weekdays = [(first_weekday - 1 + number) % 7 + 1 for number in range(7)]
    columns = [Column(day, [_cell(day, row, week.get(day, ())) for row in rows]) for day in weekdays]
    return Grid(columns, [spoken_time(start).replace(":00", "") if start.minute == 0 else "" for start, _ in rows], whole)


def edges_of(stretches: Sequence[Stretch], *, whole: bool) -> list[time]:
    """Where rows begin and the last one ends: half hours, and wherever a stretch begins or ends."""
    walls = {wall for stretch in stretches for wall in stretch}
    first, last = min([*walls, USUAL[0]]), max([*walls, USUAL[1]])
    if whole:
        first, last = time(0), LAST
    before = max(half for half in HALVES if half <= first)
    after = min([half for half in HALVES if half >= last] or [LAST])
    return sorted({half for half in HALVES if before <= half <= after} | walls | {before, after})


def _cell(weekday: int, row: Stretch, stretches: Iterable[Stretch]) -> Cell:
    checked = any(opens <= row[0] and row[1] <= closes for opens, closes in stretches)
    return Cell(weekday, *row, checked)


def week_of_cells(values: Iterable[str]) -> dict[int, list[Stretch]]:
    """The week that ticked cells stand for. Raises ValueError for what is no cell."""
    found: dict[int, list[Stretch]] = {weekday: [] for weekday in range(1, 8)}
    for value in values:
        weekday, opens, closes = value.split("-")
        found[int(weekday)].append((_wall(opens), _wall(closes)))
    if any(opens >= closes for stretches in found.values() for opens, closes in stretches):
        raise ValueError("a cell ends after it begins")
    return {weekday: joined(stretches) for weekday, stretches in found.items()}


def _wall(digits: str) -> time:
    if len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("four digits")
    return time(int(digits[:2]), int(digits[2:]))


def clock_words(at: time) -> str:
    """ "9:00", for a narrow column: the row says whether it is morning."""
    return f"{at.hour % 12 or 12}:{at.minute:02d}"


@dataclass(frozen=True, slots=True)
class Different:
    """How one weekday changes, in words."""

    day: str
    was: str
    becomes: str


def differences(before: Week, after: Week) -> list[Different]:
    return [
        Different(WEEKDAYS[day - 1], stretch_words(before.get(day, ())), stretch_words(after.get(day, ())))
        for day in range(1, 8)
        if list(before.get(day, ())) != list(after.get(day, ()))
    ]


def stretch_words(stretches: Iterable[Stretch]) -> str:
    """ "9:00 am to 12:00 pm and 1:00 pm to 5:00 pm"; "nothing" where there is none."""
    return " and ".join(f"{spoken_time(opens)} to {spoken_time(closes)}" for opens, closes in stretches) or "nothing"
