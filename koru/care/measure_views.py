"""One filled-in measure of a client, item by item."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record

from .measures import measure_view


@require_safe
@therapist_required
def measure(request: HttpRequest, client_id: UUID, response_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        view = measure_view(record, response_id)
        return render(request, "care/measure.html", {"view": view, "row": view.row, "client": record.client})
