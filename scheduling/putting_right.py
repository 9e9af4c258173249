"""Real times, corrected: when somebody came, when it began and ended. Each correction stays in the history."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .models import Appointment, AppointmentChange
from .refusals import NotNow
from .reminders import quieten_started, replan_ended
from .session_day import EARLY_THERE, check_end
from .standing import doing

WHAT = {"arrived_at": "arrived", "started_at": "started", "ended_at": "ended"}


@dataclass(frozen=True, slots=True)
class RealTimes:
    """When they came, when it began, when it ended; None: not said."""

    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @classmethod
    def of(cls, appointment: Appointment) -> "RealTimes":
        return cls(appointment.arrived_at, appointment.started_at, appointment.ended_at)


@neither
@deed
def put_right(appointment: Appointment, real: RealTimes, *, by: Person) -> Appointment:
    """Keep the times as they were. What follows counts from the end as it now stands; the same again changes nothing."""
    if by.is_client:
        raise Http404
    current, now = Appointment.objects.locked(appointment.pk), timezone.now()
    with doing(current, by, "appointment times"):
        changed = [name for name in WHAT if getattr(real, name) != getattr(current, name)]
        if changed:
            _check(current, real, now)
            _keep(current, real, changed, by)
    return current


def _check(appointment: Appointment, real: RealTimes, now: datetime) -> None:
    """Raises NotNow for times that can't be, or an appointment that did not take place."""
    if appointment.state not in (Appointment.State.BOOKED, Appointment.State.MET):
        raise NotNow
    if any(at and at > now for at in (real.arrived_at, real.started_at)):
        raise NotNow("These times lie in the time to come.")
    if any(at and at < appointment.starts - EARLY_THERE for at in (real.arrived_at, real.started_at)):
        raise NotNow("That is more than two hours before its time.")
    if real.ended_at is None and appointment.ended_at:
        raise NotNow("It has ended: say when.")
    if real.ended_at:
        if real.started_at is None:
            raise NotNow("Say when it began, too.")
        check_end(appointment, real.started_at, real.ended_at, now)


def _keep(appointment: Appointment, real: RealTimes, changed: list[str], by: Person) -> None:
    for name in changed:
        was, became = getattr(appointment, name), getattr(real, name)
        setattr(appointment, name, became)
        AppointmentChange.objects.create(appointment=appointment, what=WHAT[name], by=by, was=was, became=became)
    if real.ended_at:
        appointment.state = Appointment.State.MET
    appointment.save(update_fields=[*changed, "state"])
    if "started_at" in changed:
        quieten_started(appointment)
    if "ended_at" in changed:
        replan_ended(appointment)
