"""Booking a course: every date of it in one transaction, or none."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils import timezone

from koru.moments.directions import widens
from koru.people.models import Person

from .alone import deed, overlap_as
from .booking import Asked, lock_client, opening_for, row_for
from .course_making import wish_of
from .holds import make_way
from .models import Appointment, AppointmentChange, BookingWish, Course, CourseDate
from .proposing import check_theirs
from .refusals import NotNow, Refused, TimeTaken
from .reminders import plan_course_booked
from .standing import traced
from .terms import rest_after_session


class DateGone(Refused):
    """One date can't be had any more, so none was booked. `position` says which."""

    def __init__(self, date: CourseDate, why: Refused) -> None:
        super().__init__(f"Nothing is booked yet: one of the dates can't be had any more. {why.words}")
        self.position = date.position


@widens
@deed
def book_course(course: Course, *, by: Person, key: UUID) -> Course:
    """Every date becomes an appointment, with its reminders; one letter tells of all. The same key again changes nothing.

    Raises DateGone when one is taken, NotNow when it isn't proposed any more, and what stands in the way of any.
    """
    current = _locked(course)
    check_theirs(current, by)
    if current.state == Course.State.BOOKED and current.key == key:
        return current
    now = timezone.now()
    _may(current, by, now)
    make_way(by, now)
    lock_client(current.client)
    with traced(current.client, by, "course booked", current.pk):
        dates = list(current.dates.select_related("kind").order_by("position"))
        made = [_booked(date, current, by, now) for date in dates]
        CourseDate.objects.bulk_update(dates, ["appointment"])
        AppointmentChange.objects.bulk_create(
            AppointmentChange(appointment=one, what="booked", by=by, became=one.starts) for one in made
        )
        BookingWish.objects.filter(client=current.client).delete()
        plan_course_booked(current, made, by=by)
        current.state, current.booked_by, current.booked_at, current.key = Course.State.BOOKED, by, now, key
        current.save(update_fields=["state", "booked_by", "booked_at", "key"])
    return current


def _locked(course: Course) -> Course:
    rows = Course.objects.select_related("client", "therapist", "template", "proposed_by").select_for_update(of=("self",))
    found = rows.filter(pk=course.pk).first()
    if found is None:
        raise NotNow("These dates are not proposed any more.")
    return found


def _may(course: Course, by: Person, now: datetime) -> None:
    if course.state != Course.State.PROPOSED:
        raise NotNow("These dates are booked already.")
    waits = rest_after_session(course.client, now) if by.is_client else None
    if waits:
        raise waits


def _booked(date: CourseDate, course: Course, by: Person, now: datetime) -> Appointment:
    wish = wish_of(course, date.kind)
    asked = Asked(kind=date.kind, therapist=course.therapist, place=date.place, client=course.client)
    try:
        appointment = row_for(wish, opening_for(wish, date.start, now), asked)
        appointment.booked_by, appointment.booked_at = by, now
        with overlap_as(partial(TimeTaken)):
            appointment.save(force_insert=True)
    except Refused as refused:
        raise DateGone(date, refused) from refused
    date.appointment = appointment
    return appointment
