"""Moving an appointment: the same row, the same UID in everybody's calendar, one revision on."""

from copy import copy
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.clinic import clinic_zone
from koru.people.models import Person

from .alone import deed, overlap_as
from .booking import hold_consents, opening_for
from .course_planning import A_DAY, WITHIN
from .holds import make_way
from .models import Appointment, AppointmentChange, AppointmentKind, SecondPerson
from .open_times import Wish, nearest, open_times
from .pairs import NothingNearby, beside, follower_of, keep_in_reach, step_aside, usual_of
from .refusals import OpenTime, TimeTaken
from .reminders import replan_moved, tell_therapist_of_before
from .standing import doing, in_time


@neither
@deed
def move(
    appointment: Appointment, start: datetime, *, by: Person | None, reason: str = "", therapist: Person | None = None
) -> Appointment:
    """Give the appointment another start, and its reminders with it. To the time it has: nothing happens.

    An integration meeting that belongs to it goes with it, in the same transaction. `therapist`: with whom from now on, when
    it is somebody else; the one of before is told.

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
        keep_in_reach(current, start, by, reason)
        along, was, before = follower_of(current), current.span, current.therapist
        current.therapist = therapist or before
        if along:
            step_aside(along)
        _to(current, opening_for(wish_to_move(current, by, along=along), start, now), by, now, reason)
        if along:
            _to(along, _beside(current, along, was, by, now), by, now, reason)
        if before != current.therapist:
            tell_therapist_of_before(current, was, before, by=by)
    return current


def _beside(session: Appointment, meeting: Appointment, was: Span, by: Person | None, now: datetime) -> OpenTime:
    """Where the meeting that belongs to a session goes with it. Raises NothingNearby: then neither moves."""
    span, zone = session.span, clinic_zone()
    there = open_times(wish_to_move(meeting, by), Span(span.start, span.end + WITHIN + A_DAY), now=now)
    opening = beside(span, usual_of(meeting, was, zone), there, zone)
    if opening is None:
        raise NothingNearby
    return opening


def _to(appointment: Appointment, opening: OpenTime, by: Person | None, now: datetime, reason: str) -> None:
    """The row, the change and the letters."""
    was = appointment.span
    _give(appointment, opening, by, now)
    AppointmentChange.objects.create(
        appointment=appointment, what="moved", by=by, was=was.start, became=appointment.starts, reason=reason
    )
    replan_moved(appointment, was, by=by)


def wish_to_move(appointment: Appointment, by: Person | None, room: UUID | None = None, along: Appointment | None = None) -> Wish:
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
        along=along.pk if along else None,
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
        appointment.save(update_fields=["therapist", "during", "padded", "room", "second_person", "revision", "state"])
