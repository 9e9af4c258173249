"""Sessions without the integration meeting that belongs to them: who waits for one, who said it may be so, and giving one."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404

from koru.moments.directions import neither
from koru.people.clinic import clinic_zone
from koru.people.models import Person

from .alone import deed
from .course_planning import WITHIN
from .models import Appointment, CourseDate
from .pairs import is_in_reach
from .querysets import AppointmentQuerySet
from .standing import traced

LOOKS_AHEAD = timedelta(days=7)
BELONGS = "integration"


def without_integration(now: datetime) -> AppointmentQuerySet:
    """Sessions with none booked within three days after them, nor waived by name: those of a course, and others a week ahead.

    What took place is asked about until those days are over. One query.
    """
    near = Appointment.objects.filter(
        client=OuterRef("client"),
        kind=BELONGS,
        state__in=["booked", "met"],
        during__startswith__gte=OuterRef("ended"),
        during__startswith__lte=OuterRef("ended") + WITHIN,
    )
    waived = CourseDate.objects.filter(follows__appointment=OuterRef("pk"), waived_by__isnull=False)
    soon = Q(during__startswith__lt=now + LOOKS_AHEAD) | Q(course_date__isnull=False)
    sessions = Appointment.objects.dosing().filter(soon, client__isnull=False, state__in=["booked", "met"])
    there = sessions.annotate(ended=F("during__endswith")).filter(ended__gt=now - WITHIN)
    return there.filter(~Exists(near), ~Exists(waived)).order_by("during")


def is_without(session: Appointment, now: datetime) -> bool:
    return without_integration(now).filter(pk=session.pk).exists()


@neither
@deed
def waive_integration(session: Appointment, *, by: Person, reason: str) -> None:
    """This session of a course goes without its integration meeting here; who said so and why is kept. Twice is as once."""
    if by.is_client or not reason or session.client is None:
        raise Http404
    belongs = CourseDate.objects.filter(follows__appointment=session)
    if not belongs.exists():
        raise Http404
    with traced(session.client, by, "integration waived", session.pk):
        belongs.filter(waived_by=None).update(waived_by=by, waived_why=reason)


def take_its_place(meeting: Appointment) -> None:
    """A meeting booked by itself for a session whose own was cancelled belongs to it from now on, and goes where it goes."""
    if meeting.kind_id != BELONGS or meeting.client_id is None:
        return
    left = CourseDate.objects.filter(
        course__client=meeting.client_id,
        kind=meeting.kind_id,
        appointment__state=Appointment.State.CANCELLED,
        follows__appointment__state=Appointment.State.BOOKED,
    )
    zone = clinic_zone()
    for date_of in left.select_related("follows__appointment"):
        session = date_of.follows.appointment if date_of.follows else None
        if session and is_in_reach(meeting.starts, session.span, zone):
            date_of.appointment, date_of.waived_by, date_of.waived_why = meeting, None, ""
            date_of.save(update_fields=["appointment", "waived_by", "waived_why"])
            return
