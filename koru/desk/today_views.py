"""The practice on one day: what is open, who is where, who has asked for a talk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.clinic import clinic_zone
from koru.people.permissions import desk_required

from .board import steps
from .day import Day, asked_day, day_of
from .open_tasks import open_tasks

SHOWN = 3


@require_safe
@desk_required
def today(request: HttpRequest) -> HttpResponse:
    """All of it. Another day by `?day=`, rooms across by `?by=room`."""
    now, zone = timezone.now(), clinic_zone()
    context = {"day": shown_day(request, now, zone), "tasks": open_tasks(now, zone), "steps": steps(now, zone, SHOWN)}
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
    day = shown_day(request, timezone.now(), clinic_zone())
    if request.GET.get("seen") == day.seen:
        return HttpResponse(status=204)
    return render(request, "desk/_day.html", {"day": day})


def shown_day(request: HttpRequest, now: datetime, zone: ZoneInfo) -> Day:
    """The day that the address names."""
    on = asked_day(request.GET.get("day", ""), now.astimezone(zone).date())
    return day_of(on, by_room=request.GET.get("by") == "room", now=now, zone=zone)
