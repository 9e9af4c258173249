"""Cancelling an appointment. Narrowing never waits: it acts at once, and twice is as once."""

from django.utils import timezone

from koru.moments.directions import narrows
from koru.people.models import Person

from .alone import deed
from .models import Appointment, AppointmentChange
from .pairs import follower_of
from .reasons import THERAPIST_AWAY
from .reminders import withdraw_cancelled
from .standing import doing, in_time
from .waiting import leave_line


@narrows
@deed
def cancel(appointment: Appointment, *, by: Person | None, reason: str) -> Appointment:
    """Free the time and take back what was planned on it, and so with an integration meeting that belongs to it.

    Already cancelled: nothing happens.
    """
    current = Appointment.objects.locked(appointment.pk)
    with doing(current, by, "appointment cancelled"):
        if current.state == Appointment.State.CANCELLED:
            return current
        in_time(current, by, timezone.now(), reason)
        along = follower_of(current)
        for one in (current, along) if along else (current,):
            _end(one, by, reason)
        if by is None or by.is_client:
            leave_line(current)
    return current


@narrows
@deed
def call_off_all(*, by: Person) -> int:
    """All that is ahead of a client who leaves for good, whatever its notice: the wait before it was long enough. How many."""
    mine = Appointment.objects.filter(client=by, started_at=None)
    mine.filter(state=Appointment.State.HELD).delete()
    ahead = mine.filter(state=Appointment.State.BOOKED, during__startswith__gt=timezone.now()).order_by("pk")
    ids = list(ahead.values_list("pk", flat=True))
    for one in ids:
        current = Appointment.objects.locked(one)
        _end(current, by, "")
        leave_line(current)
    return len(ids)


def _end(appointment: Appointment, by: Person | None, reason: str) -> None:
    appointment.state = Appointment.State.CANCELLED
    appointment.revision += 1
    appointment.save(update_fields=["state", "revision"])
    AppointmentChange.objects.create(appointment=appointment, what="cancelled", by=by, was=appointment.starts, reason=reason)
    withdraw_cancelled(appointment, by=by, on_our_side=reason == THERAPIST_AWAY)
