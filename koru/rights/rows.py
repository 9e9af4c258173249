"""Rows as plain values for files: instants and days as ISO 8601, people who work here by their name, the rest as it is."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from koru.people.models import Person
from koru.sealing.envelope import CannotOpen
from koru.sealing.keyring import keyring

from .parts import Part

AT_ONCE = 200
Row = dict[str, Any]
Names = Mapping[UUID, str]
NOT_OPEN = "(can’t be opened any more)"
YOU = "you"


def names_of_people() -> dict[UUID, str]:
    """Everybody who works here, by id. A few hundred at most."""
    return dict(Person.objects.exclude(role="client").values_list("pk", "display_name"))


def rows_of(part: Part, client: Person, names: Names) -> Iterator[Row]:
    """What a part holds, a few rows opened at a time: memory stays the same, however many there are."""
    ids = list(part.rows(client).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        with keyring():
            opened = [_row(part, one, names) for one in part.rows(client).filter(pk__in=ids[start : start + AT_ONCE])]
        yield from opened


def _row(part: Part, one: models.Model, names: Names) -> Row:
    return {field.name: _value_of(field, one, names) for field in part.fields}


def _value_of(field: "models.Field[Any, Any]", one: models.Model, names: Names) -> Any:
    """A blob that is damaged says so in its place, and costs nothing of the rest."""
    try:
        value = getattr(one, field.attname)
    except CannotOpen:
        return NOT_OPEN
    if field.remote_field and field.related_model is Person:
        return names.get(value, YOU) if value else None
    return plain(value)


def plain(value: Any) -> Any:
    """As JSON can hold it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Range):
        return {"from": plain(value.lower), "until": plain(value.upper)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value
