"""A client's early signs as those who work with them read them: only where they share them, and nothing to write in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record
from koru.safety.keeping import KeepingLine, Kind


@require_safe
@therapist_required
def keeping(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="keeping well") as record:
        lines = list(KeepingLine.objects.readable_in(record).with_last_seen(apart=False))
        record.looked_at("early signs")
        parts = {str(kind): [line for line in lines if line.kind == kind] for kind in Kind}
        return render(request, "care/keeping.html", {**parts, "client": record.client})
