"""A session and the integration meeting that belongs to it: they move together and end together."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.clinic import clinic_zone
from koru.people.models import Person

from .course_planning import A_DAY, WITHIN
from .models import Appointment, CourseDate
from .refusals import OpenTime, Refused


class ApartFromIt(Refused):
    words = "This meeting belongs to its session: within three days after it. The clinic can find another way with you."


class NothingNearby(Refused):
    words = "The integration meeting that belongs to it would have no open time in the three days after."


def follower_of(session: Appointment) -> Appointment | None:
    """The integration meeting that is booked for a session, None when there is none (any more)."""
    belongs = Appointment.objects.filter(
        course_date__follows__appointment=session, state=Appointment.State.BOOKED, started_at=None
    )
    return belongs.select_related("kind", "client", "therapist", "room", "request").first()


def session_of(meeting: Appointment) -> Appointment | None:
    """The session that a meeting belongs to, unless it was cancelled."""
    date = CourseDate.objects.filter(appointment=meeting).select_related("follows__appointment").first()
    session = date.follows.appointment if date and date.follows else None
    return session if session and session.state != Appointment.State.CANCELLED else None


def is_in_reach(start: datetime, session: Span, zone: ZoneInfo) -> bool:
    """From the next day until three days after its end."""
    next_day = session.start.astimezone(zone).date() + A_DAY
    return start.astimezone(zone).date() >= next_day and start <= session.end + WITHIN


def beside(session: Span, usual: tuple[int, int], openings: Iterable[OpenTime], zone: ZoneInfo) -> OpenTime | None:
    """The open time for what belongs to a session: as many days after it, at the same time of day, or the nearest. Pure."""
    days, minute = usual
    ideal = session.start.astimezone(zone).date() + timedelta(days=days)

    def apart(one: OpenTime) -> tuple[int, int, datetime]:
        local = one.start.astimezone(zone)
        return abs((local.date() - ideal).days), abs(local.hour * 60 + local.minute - minute), one.start

    return min((one for one in openings if is_in_reach(one.start, session, zone)), key=apart, default=None)


def usual_of(meeting: Appointment, session: Span, zone: ZoneInfo) -> tuple[int, int]:
    """How many days after its session it is, and at which minute of the day."""
    local, before = meeting.starts.astimezone(zone), session.start.astimezone(zone)
    return (local.date() - before.date()).days, local.hour * 60 + local.minute


def step_aside(meeting: Appointment) -> None:
    """Its time is free while its session moves, in that transaction alone."""
    Appointment.objects.filter(pk=meeting.pk).update(state=Appointment.State.CANCELLED)


def keep_in_reach(meeting: Appointment, start: datetime, by: Person | None, reason: str) -> None:
    """Within three days after its session. The clinic waives that with a reason, and it is kept who did; nobody before it."""
    session = session_of(meeting)
    if session is None:
        return
    near = is_in_reach(start, session.span, clinic_zone())
    from_clinic = by is not None and not by.is_client
    if not near and not (from_clinic and reason and start >= session.ends):
        raise ApartFromIt
    waived = {"waived_by": None, "waived_why": ""} if near else {"waived_by": by, "waived_why": reason}
    CourseDate.objects.filter(appointment=meeting).update(**waived)


def what_fits(
    openings: Sequence[OpenTime], appointment: Appointment, by: Person | None, follow: Callable[[], Sequence[OpenTime]]
) -> list[OpenTime]:
    """Of the open times for moving something, those that leave together what belongs together: list and deed ask alike.

    `follow` looks for the open times of what goes along, when there is such.
    """
    zone, session = clinic_zone(), session_of(appointment)
    if session:
        from_clinic = by is not None and not by.is_client
        return [
            one for one in openings if is_in_reach(one.start, session.span, zone) or (from_clinic and one.start >= session.ends)
        ]
    minutes, starts = appointment.span.minutes, [one.start for one in follow()]
    return [one for one in openings if any(is_in_reach(at, Span.lasting(one.start, minutes), zone) for at in starts)]
