"""The practice on one day: what is open, who is where, who has asked for a talk."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required
from koru.ui.times import WEEKDAYS, spoken_day
from scheduling.models import Room

from .board import steps
from .day_table import Column, Row, day_rows
from .open_tasks import open_tasks
from .slots import Slot, slots_on

OPENS, CLOSES = time(9), time(17)
SHOWN = 3
FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Day:
    """One day of the clinic, by therapist or by room."""

    on: date
    today: date
    zone: ZoneInfo
    by_room: bool
    columns: Sequence[Column]
    rows: Sequence[Row]
    slots: Sequence[Slot]

    @property
    def words(self) -> str:
        return spoken_day(self.on, this_year=self.today.year)

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def before(self) -> tuple[date, str]:
        return _named(self.on - timedelta(days=1))

    @property
    def after(self) -> tuple[date, str]:
        return _named(self.on + timedelta(days=1))

    @property
    def seen(self) -> str:
        """Tells two states of the day apart, so that a page that is open asks for no more than it needs."""
        told = [(str(one.id), one.name, one.times, one.therapist, one.where, one.tone, one.mark) for one in self.slots]
        return hashlib.sha256(repr((self.columns, told)).encode()).hexdigest()[:16]


def _named(day: date) -> tuple[date, str]:
    return day, WEEKDAYS[day.weekday()][:3]


@require_safe
@desk_required
def today(request: HttpRequest) -> HttpResponse:
    """All of it. Another day by `?day=`, rooms across by `?by=room`."""
    now, zone = timezone.now(), clinic_zone()
    context = {"day": _day(request, now, zone), "tasks": open_tasks(now, zone), "steps": steps(now, zone, SHOWN)}
    return render(request, "desk/today.html", context)


@require_safe
def fresh(request: HttpRequest) -> HttpResponseBase:
    """The day alone, for a page that stands open. One whose session has ended is loaded anew: that leads to signing in."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return _news(request)


@desk_required
def _news(request: HttpRequest) -> HttpResponse:
    """Nothing when the page has seen all of it."""
    day = _day(request, timezone.now(), clinic_zone())
    if request.GET.get("seen") == day.seen:
        return HttpResponse(status=204)
    return render(request, "desk/_day.html", {"day": day})


def _day(request: HttpRequest, now: datetime, zone: ZoneInfo) -> Day:
    on = _asked_day(request.GET.get("day", ""), now.astimezone(zone).date())
    by_room = request.GET.get("by") == "room"
    slots = slots_on(on, zone, now)
    columns = _rooms() if by_room else _therapists()
    hours = Span(instant_of(on, OPENS, zone), instant_of(on, CLOSES, zone))
    rows = day_rows(slots, columns, (lambda one: one.room_id) if by_room else (lambda one: one.therapist_id), hours, zone)
    return Day(on, now.astimezone(zone).date(), zone, by_room, columns, rows, slots)


def _asked_day(words: str, today: date) -> date:
    """A day that isn't one is today."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return today
    return day if FIRST < day < LAST else today


def _therapists() -> list[Column]:
    people = Person.objects.therapists().order_by("display_name", "pk").values_list("pk", "display_name")
    return [Column(*one) for one in people]


def _rooms() -> list[Column]:
    return [Column(*one) for one in Room.objects.filter(is_open=True).values_list("pk", "name")]
