"""The brief before a session, and the charts beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record
from moodtracking.looking_back import span_of, trends_for

from .brief import brief_of
from .own_brief import read_at
from .safety_block import safety_in

CHARTS = ("mood", "sleep_hours", "sleep_quality")


@require_safe
@therapist_required
def brief(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="brief") as record:
        page = {"brief": brief_of(record), "safety": safety_in(record), "client": record.client}
        page["read_at"] = read_at(record.client, record.reader)
        return render(request, "care/brief.html", page)


@require_POST
@therapist_required
def brief_read(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A human's word that it was read, on the client's list; opening the page alone says only that it was opened."""
    with open_record(client_id, by=person_of(request), why="brief read") as record:
        messages.success(request, f"Marked as read. {record.client.display_name} can see it.")
    return redirect("care:brief", client_id)


@require_safe
@therapist_required
def charts(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="charts") as record:
        back = trends_for(record, span_of(record.client, "90"))
        shown = [trend for trend in back.trends if trend.line.key in CHARTS]
        page = {"back": back, "trends": shown, "client": record.client}
        return render(request, "care/_charts.html" if request.headers.get("HX-Request") else "care/charts.html", page)
