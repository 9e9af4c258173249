"""Clients at a point of their way, to test with."""

from datetime import datetime, timedelta
from uuid import uuid4

from koru.moments.spans import Span
from koru.people.models import Person
from scheduling.models import Appointment, AppointmentKind
from tests.people import ally, make_client, make_clinic, make_room, make_therapist


def make_pair() -> tuple[Person, Person]:
    """A client and the therapist they work with."""
    make_clinic()
    rowan, wren = make_client(display_name="Demo Rowan"), make_therapist(display_name="Demo Wren")
    ally(rowan, wren, since=datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
    return rowan, wren


def make_dosing(client: Person, therapist: Person, starts: datetime, ended: datetime | None = None) -> Appointment:
    """A dosing session of 150 minutes; took place when an end is given."""
    kind = AppointmentKind.objects.get(pk="dosing")
    span = Span.lasting(starts, kind.minutes)
    return Appointment.objects.create(
        kind=kind,
        client=client,
        therapist=therapist,
        room=make_room(),
        place="room",
        during=span.range,
        before=kind.before,
        after=kind.after,
        padded=span.padded(kind.before, kind.after).range,
        state="met" if ended else "booked",
        started_at=starts if ended else None,
        ended_at=ended,
        key=uuid4(),
    )


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


HOUR = timedelta(hours=1)
