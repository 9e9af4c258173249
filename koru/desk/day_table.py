"""A day as a table: half hours down, people or rooms across. Pure."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.ui.times import spoken_time

from .slots import Slot

HALF = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Column:
    key: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Empty, or one or more appointments that share half an hour, over `rows` rows."""

    rows: int = 1
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One half hour; the cells that begin in it, left to right. Those that still run are left out, as rowspan wants."""

    time: str
    cells: tuple[Cell, ...]


def day_rows(
    slots: Sequence[Slot], columns: Sequence[Column], place: Callable[[Slot], UUID | None], hours: Span, zone: ZoneInfo
) -> list[Row]:
    """The rows of a day: all of `hours`, and earlier or later where somebody is there. Elapsed half hours, wall labels."""
    hours = _stretched(slots, hours)
    count = math.ceil((hours.end - hours.start) / HALF)
    across = [_column([slot for slot in slots if place(slot) == column.key], hours.start, count) for column in columns]
    return [
        Row(spoken_time((hours.start + number * HALF).astimezone(zone)), tuple(one[number] for one in across if number in one))
        for number in range(count)
    ]


def _stretched(slots: Iterable[Slot], hours: Span) -> Span:
    start, end = hours.start, hours.end
    for slot in slots:
        start, end = min(start, slot.span.start), max(end, slot.span.end)
    return Span(start - (start - hours.start) % HALF, end)


def _column(slots: Iterable[Slot], first: datetime, count: int) -> dict[int, Cell]:
    """The cells of one column by the row they begin in."""
    cells: dict[int, Cell] = {number: Cell() for number in range(count)}
    for start, end, together in _blocks(slots, first):
        for covered in range(start, end):
            cells.pop(covered, None)
        cells[start] = Cell(end - start, together)
    return cells


def _blocks(slots: Iterable[Slot], first: datetime) -> list[tuple[int, int, tuple[Slot, ...]]]:
    """Rows from and to, and who is in them: neighbours that touch the same half hour share a cell."""
    blocks: list[tuple[int, int, tuple[Slot, ...]]] = []
    for slot in sorted(slots, key=lambda one: one.span):
        start, end = (slot.span.start - first) // HALF, math.ceil((slot.span.end - first) / HALF)
        if blocks and start < blocks[-1][1]:
            begun, until, others = blocks.pop()
            blocks.append((begun, max(until, end), (*others, slot)))
        else:
            blocks.append((start, end, (slot,)))
    return blocks
