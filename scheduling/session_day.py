"""The day itself: started, ended, missed. Real times steer what follows, so they can be put right afterwards."""

from datetime import datetime, timedelta

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .models import Appointment, AppointmentChange
from .refusals import NotNow
from .reminders import quieten_started, replan_ended, withdraw_missed
from .standing import doing

EARLY = timedelta(hours=1)
LONGEST = timedelta(hours=12)
State = Appointment.State


@neither
@deed
def start(appointment: Appointment, *, by: Person) -> Appointment:
    """It begins now. Twice is as once. Not more than an hour before its time, nor after its end."""
    current, now = _own(appointment, by), timezone.now()
    with doing(current, by, "appointment started"):
        if current.started_at is None:
            if current.state != State.BOOKED or not current.starts - EARLY <= now < current.ends:
                raise NotNow("This can be started from an hour before its time until its end.")
            current.started_at = now
            current.save(update_fields=["started_at"])
            AppointmentChange.objects.create(appointment=current, what="started", by=by)
            quieten_started(current)
    return current


@neither
@deed
def end(appointment: Appointment, *, by: Person, at: datetime | None = None) -> Appointment:
    """It is over, now or at the time named; an end can be corrected. What follows is planned from it."""
    current, now = _own(appointment, by), timezone.now()
    with doing(current, by, "appointment ended"):
        if at is None and current.ended_at:
            return current
        ended = at or now
        _can_end(current, ended, now)
        current.started_at = current.started_at or min(current.starts, ended - timedelta(minutes=1))
        current.ended_at, current.state = ended, State.MET
        current.save(update_fields=["started_at", "ended_at", "state"])
        AppointmentChange.objects.create(appointment=current, what="ended", by=by)
        replan_ended(current)
    return current


def _can_end(appointment: Appointment, ended: datetime, now: datetime) -> None:
    began = appointment.begins
    if appointment.state not in (State.BOOKED, State.MET):
        raise NotNow
    if not began < ended <= now or ended > began + LONGEST:
        raise NotNow("The end lies after the start, and not in the time to come.")


@neither
@deed
def miss(appointment: Appointment, *, by: Person) -> Appointment:
    """Nobody came. As if it had not been: nothing follows from it."""
    current = _own(appointment, by)
    with doing(current, by, "appointment missed"):
        if current.state == State.MISSED:
            return current
        if current.state != State.BOOKED or current.started_at or timezone.now() < current.starts:
            raise NotNow("Only a time that has begun, with nobody there, is missed.")
        current.state = State.MISSED
        current.save(update_fields=["state"])
        AppointmentChange.objects.create(appointment=current, what="missed", by=by)
        withdraw_missed(current)
    return current


def _own(appointment: Appointment, by: Person) -> Appointment:
    """The row, held. For its therapist and the desk; a client's page has no such button."""
    if by.is_client:
        raise Http404
    return Appointment.objects.locked(appointment.pk)
