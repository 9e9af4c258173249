"""What leaves a plan: by a button each. What was answered and written stays."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from journaling import assigning
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from moodtracking import own_items, picking
from moodtracking.load import TooMuch
from moodtracking.measures.assigning import end

RETIRED = "Retired. What was answered stays in the record."


def changed(request: HttpRequest, client_id: UUID, about: UUID, deed: Callable[[Record], object], words: str) -> HttpResponse:
    """Do it, leave the trace, say so; nothing is said when there was nothing to do."""
    with open_record(client_id, by=person_of(request), why="plan") as record:
        try:
            if deed(record):
                record.looked_at("plan changed", about)
                messages.success(request, words)
        except (TooMuch, own_items.CannotPropose) as reason:
            messages.error(request, str(reason))
    return redirect("care:plan", client_id)


@require_POST
@therapist_required
def retire_symptom(request: HttpRequest, client_id: UUID, symptom_id: UUID) -> HttpResponse:
    def retired(record: Record) -> bool:
        return picking.retire(symptom_id, client=record.client, by=record.reader)

    return changed(request, client_id, symptom_id, retired, RETIRED)


@require_POST
@therapist_required
def agree_item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    def agreed(record: Record) -> bool:
        return own_items.agree(item_id, record=record, by=record.reader) is not None

    return changed(request, client_id, item_id, agreed, "Agreed. The check-in asks it from now on.")


@require_POST
@therapist_required
def retire_item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    def retired(record: Record) -> bool:
        return own_items.retire(item_id, record=record, by=record.reader)

    return changed(request, client_id, item_id, retired, RETIRED)


@require_POST
@therapist_required
def take_back(request: HttpRequest, client_id: UUID, assigned_id: UUID) -> HttpResponse:
    def taken(record: Record) -> bool:
        return assigning.take_back(assigned_id, record=record, by=record.reader)

    return changed(request, client_id, assigned_id, taken, "Taken back. What was written stays.")


@require_POST
@therapist_required
def end_measure(request: HttpRequest, client_id: UUID, assignment_id: UUID) -> HttpResponse:
    def ended(record: Record) -> bool:
        return end(assignment_id, client=record.client, by=record.reader)

    return changed(request, client_id, assignment_id, ended, "Not asked any more. What was filled in stays.")
