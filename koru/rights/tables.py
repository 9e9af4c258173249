"""The same rows twice: all of them as one JSON file, and each kind as a table that a spreadsheet opens safely. Pure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from koru.ui.csv_rows import lines

from .parts import Part
from .rows import Row

VERSION = 1


def as_json(parts: Iterable[tuple[Part, Iterable[Row]]], head: Row) -> Iterator[str]:
    """One object: what the copy is, then each kind by its name, a row a line."""
    opening = json.dumps({"file": "koru record", "version": VERSION, **head}, ensure_ascii=False)
    yield opening[:-1] + ',\n"record": {\n'
    for number, (part, rows) in enumerate(parts):
        yield (",\n" if number else "") + json.dumps(part.name) + ": ["
        for index, row in enumerate(rows):
            yield ("," if index else "") + "\n" + json.dumps(row, ensure_ascii=False)
        yield "]"
    yield "\n}}\n"


def as_csv(part: Part, rows: Iterable[Row]) -> Iterator[str]:
    """A table with the field's own names on top."""
    names = [field.name for field in part.fields]
    yield from lines(([cell(row[name]) for name in names] for row in rows), names)


def cell(value: Any) -> Any:
    """What one cell holds: lists and the like as JSON."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
