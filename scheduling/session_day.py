"""The day itself: here, started, ended, missed. Real times steer what follows; `putting_right` corrects them afterwards."""

from datetime import datetime, timedelta

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed, overlap_as
from .models import Appointment, AppointmentChange
from .refusals import NotNow
from .reminders import bring_back_missed, quieten_started, replan_ended, tell_missed
from .standing import doing

EARLY = timedelta(hours=1)
EARLY_THERE = timedelta(hours=2)
LATE = timedelta(minutes=10)  # from then on it is said that somebody came late
LONGEST = timedelta(hours=12)
State = Appointment.State


@neither
@deed
def arrive(appointment: Appointment, *, by: Person) -> Appointment:
    """They are here, now. Twice is as once. From two hours before its time until its end."""
    current, now = _own(appointment, by), timezone.now()
    with doing(current, by, "arrival noted"):
        if current.arrived_at is None:
            if current.state != State.BOOKED or not current.starts - EARLY_THERE <= now < current.ends:
                raise NotNow("That somebody is here can be noted from two hours before the time until its end.")
            current.arrived_at = now
            current.save(update_fields=["arrived_at"])
            AppointmentChange.objects.create(appointment=current, what="arrived", by=by, became=now)
    return current


@neither
@deed
def not_here(appointment: Appointment, *, by: Person) -> Appointment:
    """The tap was a mistake. What was tapped stays in the history."""
    current = _own(appointment, by)
    with doing(current, by, "arrival noted"):
        if was := current.arrived_at:
            if current.state != State.BOOKED or current.started_at:
                raise NotNow("It has begun, so they were here. The times can be put right.")
            current.arrived_at = None
            current.save(update_fields=["arrived_at"])
            AppointmentChange.objects.create(appointment=current, what="arrived", by=by, was=was)
    return current


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
            AppointmentChange.objects.create(appointment=current, what="started", by=by, became=now)
            quieten_started(current)
    return current


@neither
@deed
def end(appointment: Appointment, *, by: Person, at: datetime | None = None, reason: str = "") -> Appointment:
    """It is over, now or at the time named; an end can be corrected. What follows is planned from it.

    `reason` is why it ended before its time, out of a short list.
    """
    current, now = _own(appointment, by), timezone.now()
    with doing(current, by, "appointment ended"):
        if at is None and current.ended_at:
            return current
        ended, was = at or now, current.ended_at
        check_end(current, current.begins, ended, now)
        current.started_at = current.started_at or min(current.starts, ended - timedelta(minutes=1))
        current.ended_at, current.state = ended, State.MET
        current.save(update_fields=["started_at", "ended_at", "state"])
        early = reason if ended < current.ends else ""
        AppointmentChange.objects.create(appointment=current, what="ended", by=by, was=was, became=ended, reason=early)
        replan_ended(current)
    return current


def check_end(appointment: Appointment, began: datetime, ended: datetime, now: datetime) -> None:
    """Raises NotNow for an end that can't be."""
    if appointment.state not in (State.BOOKED, State.MET):
        raise NotNow
    if not began < ended <= now or ended > began + LONGEST:
        raise NotNow("The end lies after the start, and not in the time to come.")


@neither
@deed
def miss(appointment: Appointment, *, by: Person, reason: str = "") -> Appointment:
    """It did not take place. As if it had not been: nothing follows from it but a kind word, two minutes later."""
    current = _own(appointment, by)
    with doing(current, by, "appointment missed"):
        if current.state == State.MISSED:
            return current
        if current.state != State.BOOKED or current.started_at or timezone.now() < current.starts:
            raise NotNow("Only a time that has begun, with nobody there, is missed.")
        current.state = State.MISSED
        current.save(update_fields=["state"])
        AppointmentChange.objects.create(appointment=current, what="missed", by=by, reason=reason)
        tell_missed(current, reason)
    return current


@neither
@deed
def came_after_all(appointment: Appointment, *, by: Person) -> Appointment:
    """That it did not take place was a mistake: it holds again, and can be started and ended. Twice is as once."""
    current, now = _own(appointment, by), timezone.now()
    with doing(current, by, "appointment missed"):
        if current.state == State.BOOKED:
            return current
        if current.state != State.MISSED or now > current.ends + LONGEST:
            raise NotNow
        current.state = State.BOOKED
        with overlap_as(lambda: NotNow("Somebody else has that time by now.")):
            current.save(update_fields=["state"])
        AppointmentChange.objects.create(appointment=current, what="missed", by=by, reason="undone")
        bring_back_missed(current)
    return current


def _own(appointment: Appointment, by: Person) -> Appointment:
    """The row, held. For its therapist and the desk; a client's page has no such button."""
    if by.is_client:
        raise Http404
    return Appointment.objects.locked(appointment.pk)
