"""Appointments of invented clients: what is over took place, what runs was begun, what is ahead is booked."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from koru.moments.spans import Span
from scheduling.models import Appointment, AppointmentKind

LATE = timedelta(minutes=4)
EARLY = timedelta(minutes=2)
BOOKED_BEFORE = timedelta(days=20)


def appointment(pk: UUID, kind: AppointmentKind, start: datetime, now: datetime, **fields: Any) -> Appointment:
    """An unsaved appointment in the state that fits the hour."""
    during = Span.lasting(start, kind.minutes)
    return Appointment(
        id=pk,
        kind=kind,
        during=during.range,
        before=kind.before,
        after=kind.after,
        padded=during.padded(kind.before, kind.after).range,
        booked_at=min(start - BOOKED_BEFORE, now),
        **{**_course_of(kind, during, now), **fields},
    )


def _course_of(kind: AppointmentKind, during: Span, now: datetime) -> dict[str, Any]:
    begun = during.start + LATE if kind.slug == "dosing" and during.start + LATE <= now else None
    if during.end <= now:
        ended = during.end - EARLY if begun else None
        return {"state": Appointment.State.MET, "started_at": begun, "ended_at": ended}
    return {"state": Appointment.State.BOOKED, "started_at": begun}
