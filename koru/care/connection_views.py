"""A connection check-in as the therapist it is about meets it: guess first, or look without; then both, side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from koru.ui.forms import answer
from moodtracking.connection.forms import GuessForm
from moodtracking.connection.guessing import guess, show_without
from moodtracking.connection.lines import load
from moodtracking.connection.reading import Seen, one_in

from .connection import connection_in

WHY = "connection list"


@require_safe
@therapist_required
def meetings(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """All that were shared, and how they went."""
    with open_record(client_id, by=person_of(request), why=WHY) as record:
        connection = connection_in(record)
        if connection is None:
            raise Http404
        page = {"connection": connection, "client": record.client, "words": load().words}
        return render(request, "care/connection.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def one(request: HttpRequest, client_id: UUID, connection_id: UUID) -> HttpResponse:
    """The guess, until there is one; after that a second guess changes nothing."""
    with open_record(client_id, by=person_of(request), why=WHY) as record:
        seen = _seen(record, connection_id)
        if seen.is_open:
            return _beside(request, record, seen)
        form = GuessForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            guess(record, connection_id, form.answers)
            return redirect("care:connection_one", client_id, connection_id)
        page = {"seen": seen, "client": record.client, "words": load().words}
        return answer(request, "care/connection_guess.html", form, page)


@require_POST
@therapist_required
def show(request: HttpRequest, client_id: UUID, connection_id: UUID) -> HttpResponse:
    """Look without guessing."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        show_without(record, connection_id)
    return redirect("care:connection_one", client_id, connection_id)


def _beside(request: HttpRequest, record: Record, seen: Seen) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, "There is a guess already. It stays as it was.")
        return redirect("care:connection_one", record.client.pk, seen.id)
    record.looked_at("connection", seen.id)
    return render(request, "care/connection_one.html", {"seen": seen, "client": record.client, "words": load().words})


def _seen(record: Record, connection_id: UUID) -> Seen:
    seen = one_in(record, connection_id)
    if seen is None:
        raise Http404
    return seen
