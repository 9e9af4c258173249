"""All appointments of a client, to be marked in an overview and jumped to. Some dozens a year."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from koru.moments.spans import Span
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .models import Appointment


class Held(NamedTuple):
    """One that took place or is booked."""

    id: UUID
    starts: datetime
    kind: str
    name: str
    state: str

    @property
    def is_dosing(self) -> bool:
        return self.kind == "dosing"

    @property
    def has_met(self) -> bool:
        return self.state == Appointment.State.MET


def held_ones(record: Record, _: Span) -> "QuerySet[Any, Any]":
    """Newest first, of all time."""
    if not record.opens(Part.APPOINTMENTS):
        return Appointment.objects.none()
    mine = Appointment.objects.filter(client=record.client, state__in=["booked", "met"]).order_by("-during")
    return mine.values_list("id", "during__startswith", "kind_id", "kind__name", "state")
