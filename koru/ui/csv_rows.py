"""Lines of a table that spreadsheets open, and never run. Pure."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
Cell = str | float | int
Row = Sequence[Cell]


def safe(cell: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula begin with an apostrophe (OWASP, CSV injection). Numbers stay."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(RUNS) else cell


def lines(rows: Iterable[Row], head: Sequence[str]) -> Iterator[str]:
    """One line of CSV (RFC 4180) at a time, however many there are. The mark in front tells spreadsheets that it is UTF-8."""
    held = StringIO()
    writer = csv.writer(held)
    yield "\ufeff"
    for row in chain([head], rows):
        yield _written(writer.writerow, held, [safe(cell) for cell in row])


def _written(write: Callable[[Row], object], held: StringIO, row: Row) -> str:
    write(row)
    line = held.getvalue()
    held.seek(0)
    held.truncate()
    return line
