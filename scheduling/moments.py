"""What a timeline shows of appointments: one query, values only."""

from collections.abc import Iterator

from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .models import Appointment, Place

SHOWN = ("booked", "met", "missed", "cancelled")
TAGS = {"missed": "Did not take place", "cancelled": "Cancelled"}


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Appointments that begin within the span, newest first."""
    if not record.opens(Part.APPOINTMENTS):
        return
    rows = (
        Appointment.objects.filter(client=record.client, state__in=SHOWN)
        .filter(during__startswith__gte=span.start, during__startswith__lt=span.end)
        .order_by("-during")
        .values_list("id", "kind_id", "kind__name", "during", "state", "place", "room__name", "started_at", "ended_at")
    )[:limit]
    places: dict[str, str] = {place.value: place.label for place in Place}
    for _id, kind, name, during, state, place, room, started, ended in rows:
        marks = {"session" if kind == "dosing" else "meeting"} | ({"future"} if state == "booked" and not started else set())
        yield Moment(
            at=during.lower,
            until=ended or during.upper,
            kind="appointment",
            title=name,
            body=room or places[place],
            tag=TAGS.get(state, ""),
            marks=frozenset(marks),
        )
