"""Many rows at once by PostgreSQL's COPY, each value prepared by its own field: what is sealed is sealed here too."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
BATCH = 5000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(model: type[Row], rows: Iterable[Row]) -> int:
    """Append unsaved rows in order, a few thousand at a time. How many. Database defaults have to be given as values."""
    fields, count = model._meta.local_concrete_fields, 0
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    command = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"
    for lines in _batches(_lines(fields, rows)):
        with connection.cursor() as cursor:
            cursor.copy_expert(command, StringIO("".join(lines)))
        count += len(lines)
    return count


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if len(kept) == BATCH:
            yield kept
            kept = []
    if kept:
        yield kept


def _lines(fields: Iterable[models.Field[Any, Any]], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield "\t".join(_word(field, row) for field in fields) + "\n"


def _word(field: models.Field[Any, Any], row: models.Model) -> str:
    """A value in COPY's text format."""
    value = field.pre_save(row, add=True)
    if value is None:
        return "\\N"
    if isinstance(field, models.JSONField):
        return json.dumps(value).translate(ESCAPES)
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, list):
        return _array(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).translate(ESCAPES)


def _array(values: list[str]) -> str:
    """An array of plain words, each quoted."""
    quoted = ('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values)
    return "{" + ",".join(quoted).translate(ESCAPES) + "}"
