"""What is ahead of a client or only just over, asked together with other things: rows, and the appointments of them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import QuerySet

from koru.people.models import Person

from .models import Appointment, AppointmentKind, Room

AT_MOST = 6
OWN = (
    "id", "kind_id", "client_id", "therapist_id", "room_id", "place", "during", "before", "padded", "state",
    "started_at", "ended_at", "way_home_at",
)  # fmt: skip
KIND = ("slug", "name", "change_hours", "needs_escort")
PERSON = ("id", "display_name")
ROOM = ("id", "name", "zone", "address")
Row = TypeVar("Row", bound=models.Model)


def about_soon(client: Person, since: datetime) -> "QuerySet[Any, Any]":
    """Booked or held ones whose end is after `since`, in the order of the clock."""
    rows = Appointment.objects.filter(client=client, state__in=("booked", "met"), during__endswith__gt=since)
    joined = {"kind": KIND, "therapist": PERSON, "room": ROOM}
    others = (f"{to}__{column}" for to, columns in joined.items() for column in columns)
    return rows.order_by("during").values_list(*OWN, *others)[:AT_MOST]


def soon_from(rows: Iterable[Any]) -> list[Appointment]:
    """The appointments by the answer to `about_soon`. What wasn't asked is read when somebody wants it."""
    return [_appointment(row) for row in rows]


def _appointment(row: tuple[Any, ...]) -> Appointment:
    columns = iter(row)
    appointment = _next(Appointment, OWN, columns)
    appointment.kind = _next(AppointmentKind, KIND, columns)
    appointment.therapist = _next(Person, PERSON, columns)
    room = _next(Room, ROOM, columns)
    appointment.room = room if room.pk else None
    return appointment


def _next(model: type[Row], names: tuple[str, ...], columns: Iterable[Any]) -> Row:
    """Django takes values by the order of the model's fields, whatever the names say."""
    values = dict(zip(names, islice(columns, len(names)), strict=True))
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [values[name] for name in ordered])
