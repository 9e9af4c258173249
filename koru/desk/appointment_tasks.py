"""What waits about appointments: a way home, hours and clocks that have changed under them, calendars gone silent."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from koru.ui.times import short_day, spoken_time
from scheduling.busy import LONG, BusyCalendar
from scheduling.clock_rules import read_anew
from scheduling.conflicts import outside, with_people
from scheduling.integrating import without_integration
from scheduling.models import Affected, Appointment
from scheduling.sooner_page import number_waiting
from scheduling.way_home import DESK_LEARNS, unanswered

from .waiting import Task


def ways_home(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Unanswered within twelve hours; then those further ahead whose one to fetch them has said that they can't."""
    rows = Appointment.objects.select_related("client", "therapist").order_by("during")
    close = list(rows.filter(unanswered(now)))
    ids = [one.pk for one in close]
    cannot = rows.filter(state="booked", during__startswith__gt=now, trusted__no_at__isnull=False, way_home_at=None)
    for one in [*close, *cannot.exclude(pk__in=ids)]:
        if one.client:
            why = (
                ". Who was named can't come" if one.pk not in ids else ". Named, not said again since" if one.way_home_at else ""
            )
            since = one.starts - DESK_LEARNS
            words, owner = f"{_when(one.starts, zone)}{why}", one.therapist.display_name
            yield Task(one.client.display_name, words, _page(one.pk), "Ask who fetches them", owner, since)


def integrations(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Sessions without the meeting that belongs to them in the three days after."""
    for one in without_integration(now).select_related("client", "therapist"):
        if one.client:
            owner = one.therapist.display_name
            yield Task(one.client.display_name, f"Session {_when(one.starts, zone)}", _page(one.pk), "Find its meeting", owner)


def waiting(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """One line: who waits for an earlier time, and what would fit, stands on a page of its own."""
    if number := number_waiting():
        yield Task("1 person waits" if number == 1 else f"{number} people wait", "", reverse("desk:sooner"), "See what fits")


def outside_hours(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Booked where somebody isn't there, or a room is shut, and nobody has said yet that it stays; no guide leads to it."""
    guided = set(Affected.objects.filter(absence__back_at=None).values_list("appointment", flat=True))
    waiting = [one for one in outside(None, now) if not one.stays and one.appointment_id not in guided]
    for one in with_people(waiting):
        if one.it.state == Appointment.State.BOOKED:
            link = _page(one.it.pk)
            yield Task(one.name, _when(one.it.starts, zone), link, "Move it, or let it stay", one.it.therapist.display_name)


def clocks_changed(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Booked at an instant whose wall time reads anew: whoever comes by their clock comes at another time."""
    for one in read_anew(now):
        day = "" if one.now.date() == one.was.date() else f"{short_day(one.now.date())}, "
        words = f"{short_day(one.was.date())}, {spoken_time(one.was)}: the clock will say {day}{spoken_time(one.now)}"
        stays = reverse("desk:stays", args=[one.appointment])
        yield Task(one.name, words, _page(one.appointment), "Call them, or move it", stays=stays)


def calendars(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Calendars of therapists unread for a day: what they said before that still closes times here."""
    silent = BusyCalendar.objects.filter(failing_since__lte=now - LONG, therapist__is_active=True).select_related("therapist")
    for one in silent.order_by("failing_since"):
        since = one.failing_since and short_day(one.failing_since.astimezone(zone).date())
        link, name = f"{reverse('scheduling:hours')}?of={one.therapist_id}", one.therapist.display_name
        yield Task(name, f"Since {since}", link, "Look at the address", name, one.failing_since)


def _when(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{short_day(local.date())}, {spoken_time(local)}"


def _page(appointment: UUID) -> str:
    return reverse("desk:appointment", args=[appointment])
