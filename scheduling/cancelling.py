"""Cancelling an appointment. Narrowing never waits: it acts at once, and twice is as once."""

from django.utils import timezone

from koru.moments.directions import narrows
from koru.people.models import Person

from .alone import deed
from .models import Appointment, AppointmentChange
from .reminders import withdraw_cancelled
from .standing import doing, in_time


@narrows
@deed
def cancel(appointment: Appointment, *, by: Person | None, reason: str) -> Appointment:
    """Free the time and take back what was planned on it. Already cancelled: nothing happens."""
    current = Appointment.objects.locked(appointment.pk)
    with doing(current, by, "appointment cancelled"):
        if current.state == Appointment.State.CANCELLED:
            return current
        in_time(current, by, timezone.now(), reason)
        current.state = Appointment.State.CANCELLED
        current.revision += 1
        current.save(update_fields=["state", "revision"])
        AppointmentChange.objects.create(appointment=current, what="cancelled", by=by, was=current.starts, reason=reason)
        withdraw_cancelled(current, by=by)
    return current
