"""A therapist's other calendars: added, removed, and looked at again and again by a worker, outside of any request."""

import logging
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Now
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.models import Person

from .busy import BusyCalendar, BusySpan
from .fetching import Rules, Unread, fetch, place_of
from .hours import may_set_hours
from .models import Appointment
from .reading_apart import busy_in
from .terms import CLINIC_HORIZON

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=15)
MOST = 5


class NotThatHost(ValueError):
    """The clinic doesn't read calendars from there."""


class Enough(ValueError):
    """So many calendars of one person are read already."""


def rules() -> Rules:
    return Rules(hosts=settings.KORU_CALENDAR_HOSTS)


@neither
@transaction.atomic
def add_calendar(therapist: Person, address: str, *, by: Person) -> BusyCalendar:
    """Have a calendar read from now on. The same address again: the calendar there is. Raises NotThatHost, Enough."""
    if not may_set_hours(by, therapist):
        raise Http404
    Person.objects.select_for_update().get(pk=therapist.pk)
    try:
        host = place_of(address, rules()).hostname or ""
    except Unread as unread:
        raise NotThatHost from unread
    mark = sha256(f"{therapist.pk} {address}".encode()).hexdigest()
    theirs = BusyCalendar.objects.filter(therapist=therapist)
    if there := theirs.filter(address_hash=mark).first():
        return there
    if theirs.count() >= MOST:
        raise Enough
    return BusyCalendar.objects.create(therapist=therapist, address=address, address_hash=mark, host=host)


@neither
@transaction.atomic
def remove_calendar(calendar: BusyCalendar, *, by: Person) -> None:
    """Not read any more, and what it said is forgotten. Twice is as once."""
    if not may_set_hours(by, calendar.therapist):
        raise Http404
    BusyCalendar.objects.filter(pk=calendar.pk).delete()


def due_calendars() -> int:
    return _due().count()


def look_at_one(asked: Rules | None = None) -> bool:
    """Take the calendar that has waited longest, and read it. Whether there was one. No transaction is open meanwhile."""
    calendar = _taken()
    if calendar is None:
        return False
    now = timezone.now()
    window = Span(now - timedelta(days=1), now + CLINIC_HORIZON)
    try:
        file = fetch(calendar.address, asked or rules())
        _keep(calendar, busy_in(file, calendar.therapist.zone, window), now)
    except Unread as unread:
        log.warning("a calendar can't be read: %s", unread.why.value)
        failing = Coalesce("failing_since", now)
        BusyCalendar.objects.filter(pk=calendar.pk).update(failing_since=failing, why=unread.why)
    return True


def _due() -> QuerySet[BusyCalendar]:
    return BusyCalendar.objects.filter(look_at__lte=Now(), therapist__is_active=True)


@transaction.atomic
def _taken() -> BusyCalendar | None:
    """Its next look is put off first: a reading that ends the worker is not tried at once again."""
    waiting = _due().select_related("therapist").select_for_update(of=("self",), skip_locked=True)
    calendar = waiting.order_by("look_at").first()
    if calendar:
        BusyCalendar.objects.filter(pk=calendar.pk).update(look_at=Now() + EVERY)
    return calendar


@transaction.atomic
def _keep(calendar: BusyCalendar, spans: list[Span], now: datetime) -> None:
    """All spans in place of those before, in one step; nothing when the calendar was removed meanwhile."""
    if BusyCalendar.objects.select_for_update().filter(pk=calendar.pk).exists():
        calendar.spans.all().delete()
        BusySpan.objects.bulk_create([BusySpan(calendar=calendar, during=span.range) for span in spans], batch_size=1000)
        BusyCalendar.objects.filter(pk=calendar.pk).update(good_at=now, failing_since=None, why="")


def booked_meanwhile(therapist: Person, now: datetime) -> QuerySet[Appointment]:
    """What is booked with somebody while another calendar of theirs says busy: listed, never dropped."""
    busy = BusySpan.objects.filter(calendar__therapist=therapist, during__overlap=OuterRef("during"))
    return Appointment.objects.of_therapist(therapist).ahead_of(now).filter(Exists(busy))
