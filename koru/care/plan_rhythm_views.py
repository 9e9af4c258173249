"""Fewer notes to check in, and meeting less often: suggested on the plan, taken back there. The client decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from koru.people import spacing
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record
from koru.reminders.fewer import WIDER
from moodtracking import fewer_notes

from .plan_ending_views import back


@require_POST
@therapist_required
def suggest_fewer(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """`apart` is the next step as the page showed it; anything else is refused in words."""
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        apart = request.POST.get("apart", "")
        try:
            about = fewer_notes.suggest(int(apart) if apart in map(str, WIDER) else 0, record=record, by=record.reader)
        except fewer_notes.CannotSuggest as reason:
            messages.info(request, str(reason))
            about = None
        return back(request, record, about, f"Suggested. It changes once {record.client.display_name} says yes.")


@require_POST
@therapist_required
def take_back_fewer(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = fewer_notes.take_back(record=record, by=record.reader)
        return back(request, record, record.client.pk if done else None, "Taken back. Notes come as before.")


@require_POST
@therapist_required
def take_back_spacing(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = spacing.take_back(client=record.client, by=record.reader)
        return back(request, record, record.client.pk if done else None, "Taken back. What stood before still stands.")


@require_POST
@therapist_required
def sooner_seen(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """They know that their client would like to come sooner. The client reads that they do."""
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = spacing.take_note(client=record.client, by=record.reader)
        return back(request, record, record.client.pk if done else None, "Noted.")
