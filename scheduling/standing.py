"""Who may do what with an appointment, and the trace it leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404

from koru.people.models import Person
from koru.privacy.door import open_record

from .models import Appointment
from .refusals import NotNow, TooLate


@contextmanager
def doing(appointment: Appointment, by: Person | None, act: str) -> Iterator[None]:
    """Around a deed on an appointment: refuses whom it isn't open to with 404, and tells the client who else did it."""
    if not may_change(appointment, by):
        raise Http404
    with traced(appointment.client, by, act, appointment.pk):
        yield


@contextmanager
def traced(client: Person | None, by: Person | None, act: str, about: UUID) -> Iterator[None]:
    if client is None or by is None or by.pk == client.pk:
        yield
        return
    with open_record(client, by=by, why="booking", to_change=True) as record:
        record.looked_at(act, about)
        yield


def may_change(appointment: Appointment, by: Person | None) -> bool:
    """A visitor's link reaches what no client has taken over; clients and therapists their own; the desk all."""
    if by is None:
        return appointment.client_id is None
    return by.is_desk or by.pk in (appointment.client_id, appointment.therapist_id)


def in_time(appointment: Appointment, by: Person | None, now: datetime, reason: str) -> None:
    """Raises NotNow for what runs, is over or cancelled; TooLate inside the notice, which the clinic waives with a reason."""
    if appointment.state != Appointment.State.BOOKED or appointment.started_at or appointment.starts <= now:
        raise NotNow
    from_clinic = by is not None and not by.is_client
    if now > change_until(appointment) and not (from_clinic and reason):
        raise TooLate("Please say why, since it is close now." if from_clinic else "")


def change_until(appointment: Appointment) -> datetime:
    """The last moment at which a client or visitor moves or cancels it themselves."""
    return appointment.starts - timedelta(hours=appointment.kind.change_hours)
