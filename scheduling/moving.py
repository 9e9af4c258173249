"""Moving an appointment: the same row, the same UID in everybody's calendar, one revision on."""

from copy import copy
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.models import Person

from .alone import deed, overlap_as
from .booking import hold_consents, opening_for
from .holds import make_way
from .models import Appointment, AppointmentChange, AppointmentKind, SecondPerson
from .open_times import Wish, nearest
from .refusals import OpenTime, TimeTaken
from .reminders import replan_moved
from .standing import doing, in_time


@neither
@deed
def move(appointment: Appointment, start: datetime, *, by: Person | None, reason: str = "") -> Appointment:
    """Give the appointment another start, and its reminders with it. To the time it has: nothing happens.

    Raises TimeTaken and the other refusals; nothing past or running moves; the clinic gives a reason inside the notice.
    """
    now = timezone.now()
    current = Appointment.objects.locked(appointment.pk)
    with doing(current, by, "appointment moved"):
        if current.starts == start and current.state == Appointment.State.BOOKED:
            return current
        in_time(current, by, now, reason)
        if current.client:
            hold_consents(current.client)
        make_way(by, now)
        opening = opening_for(wish_to_move(current, by), start, now)
        was = current.span
        _give(current, opening, by, now)
        AppointmentChange.objects.create(
            appointment=current, what="moved", by=by, was=was.start, became=current.starts, reason=reason
        )
        replan_moved(current, was, by=by)
    return current


def wish_to_move(appointment: Appointment, by: Person | None, room: UUID | None = None) -> Wish:
    """Its room and second person are kept where they are free. One who was named stays; of those needed, any may come."""
    named = appointment.kind.second_person != SecondPerson.REQUIRED
    return Wish(
        kind=_as_booked(appointment),
        by=by,
        client=appointment.client,
        therapists=(appointment.therapist_id,),
        place=appointment.place,
        room=room,
        moving=appointment.pk,
        second_person=appointment.second_person_id if named else None,
    )


def _as_booked(appointment: Appointment) -> AppointmentKind:
    """Minutes and buffers stay those it was booked with: a kind that was edited since doesn't change a promise."""
    kind = copy(appointment.kind)
    kind.minutes, kind.before, kind.after = appointment.span.minutes, appointment.before, appointment.after
    return kind


def _give(appointment: Appointment, opening: OpenTime, by: Person | None, now: datetime) -> None:
    span = Span.lasting(opening.start, appointment.span.minutes)
    appointment.during = span.range
    appointment.padded = span.padded(appointment.before, appointment.after).range
    appointment.room_id, appointment.second_person_id = opening.room_id, opening.second_person_id
    appointment.revision += 1
    look = partial(nearest, wish_to_move(appointment, by), opening.start, now=now)
    with overlap_as(lambda: TimeTaken(look=look)):
        appointment.save(update_fields=["during", "padded", "room", "second_person", "revision"])
