"""What a timeline shows of appointments: one query, values only."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .models import Appointment, Place

SHOWN = ("booked", "met", "missed", "cancelled")
LOOKS = {
    (is_dosing, is_ahead): frozenset(word for word, holds in (("session", is_dosing), ("future", is_ahead)) if holds)
    for is_dosing in (True, False)
    for is_ahead in (True, False)
}
TAGS = {"missed": "Did not take place", "cancelled": "Cancelled"}


PLACES: dict[str, str] = {place.value: place.label for place in Place}
WHEN = ("during__startswith", "during__endswith", "started_at", "ended_at")
COLUMNS = (*WHEN, "kind_id", "state", "kind__name", "place", "room__name")


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    if not record.opens(Part.APPOINTMENTS):
        return Appointment.objects.none()
    rows = Appointment.objects.filter(client=record.client, state__in=SHOWN).order_by("-during")
    within = rows.filter(during__startswith__gte=span.start, during__startswith__lt=span.end)
    return within.values_list(*COLUMNS)


rows_of = Asked(_rows)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Appointments that begin within the span, newest first."""
    for row in rows_of(record, span, limit):
        starts, ends, started, ended, kind, state = row[:6]
        looks = LOOKS[kind == "dosing", state == "booked" and started is None]
        yield Moment(starts, "appointment", row, _said, None, ended or ends, looks)


def _said(row: Any) -> Words:
    state, name, place, room = row[5:]
    return Words(name, room or PLACES[place], TAGS.get(state, ""))
