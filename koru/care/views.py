"""What a therapist opens: the caseload, a client's timeline."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record
from koru.privacy.standing import Standing

from .caseload import caseload_of
from .client import client_view
from .comparing import LENGTHS, comparison_of, length_of
from .flags import flags_in
from .place import place_of
from .ranking import show_of
from .today import today_of


@require_safe
@therapist_required
def caseload(request: HttpRequest) -> HttpResponse:
    with caseload_of(person_of(request), show_of(request.GET.get("show", ""))) as view:
        return render(request, "care/caseload.html", {"view": view, "lines": view.lines, "now": timezone.now()})


@require_safe
def people_today(request: HttpRequest) -> HttpResponseBase:
    """Who is here, for a page that stands open. One whose session has ended is loaded anew: that leads to signing in."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return _news_of_today(request)


@therapist_required
def _news_of_today(request: HttpRequest) -> HttpResponse:
    """Nothing when the page has seen all of it. Opens nothing that the page around it has not opened."""
    day = today_of(person_of(request))
    if request.GET.get("seen") == day.seen:
        return HttpResponse(status=204)
    return render(request, "care/_today.html", {"day": day})


@require_safe
@therapist_required
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        zone = ZoneInfo(record.reader.zone)
        view = client_view(record, place_of(request.GET.dict(), zone, timezone.now()))
        shown = {"view": view, "client": record.client, "lines": flags_in(record), "may_change": record.may_change}
        shown["in_emergency"] = record.standing is Standing.GLASS
        return render(request, "care/client.html", shown)


@require_safe
@therapist_required
def compare(request: HttpRequest, client_id: UUID, session_id: UUID) -> HttpResponse:
    """The days before a session beside those after it."""
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        it = comparison_of(record, session_id, length_of(request.GET.get("days", "")), timezone.now())
        return render(request, "care/compare.html", {"it": it, "client": record.client, "lengths": LENGTHS})
