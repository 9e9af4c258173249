"""Who takes a client home after a session: said by the client, or told the desk by phone. Sealed, never a condition.

It is asked at booking and again a day before: what was said weeks ago proves nothing. Twelve hours before, what is still
unanswered is the desk's first line.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.models import Person
from koru.reminders.planning import withdraw

from .alone import deed
from .models import Appointment
from .standing import traced

AGAIN = timedelta(hours=24)
DESK_LEARNS = timedelta(hours=12)
MISSING = "driver-missing"


@neither
@deed
def name_way_home(appointment: Appointment, words: str, *, by: Person) -> Appointment:
    """Keep the words, or take them away with empty ones. The client sees who of the clinic noted them."""
    if appointment.client is None or not (by == appointment.client or by.is_desk):
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    with traced(current.client, by, "way home noted", current.pk):
        current.way_home = words
        current.way_home_at = timezone.now() if words else None
        current.save(update_fields=["way_home", "way_home_at"])
        if words:
            withdraw(current.pk, "answered", [MISSING])
    return current


@neither
@deed
def still_the_same(appointment: Appointment, *, by: Person) -> Appointment:
    """The client says again that it is as it was. Where nobody was named, nothing happens."""
    if by.pk != appointment.client_id:
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    if current.way_home_at:
        current.way_home_at = timezone.now()
        current.save(update_fields=["way_home_at"])
        withdraw(current.pk, "answered", [MISSING])
    return current


def is_answered(appointment: Appointment, now: datetime) -> bool:
    """Whether somebody is named, and from a day before on, said so within that day. Pure."""
    said = appointment.way_home_at
    return said is not None and (now < appointment.starts - AGAIN or said >= appointment.starts - AGAIN)


def asks_again(appointment: Appointment, now: datetime) -> bool:
    """Whether somebody was named before, and it is time to ask whether it still holds. Pure."""
    return appointment.way_home_at is not None and not is_answered(appointment, now)


def unanswered(now: datetime) -> Q:
    """Sessions that begin within twelve hours and whose way home is not answered."""
    soon = Q(during__overlap=Span(now, now + DESK_LEARNS).range, during__startswith__gt=now)
    old = Q(way_home_at__lt=F("during__startswith") - AGAIN)
    return Q(state="booked", kind__needs_escort=True) & soon & (Q(way_home_at=None) | old)
