"""What leaves a plan: by a button each. What was answered and written stays."""

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


def back(request: HttpRequest, record: Record, about: UUID | None, words: str) -> HttpResponse:
    """To the plan: with the trace and the words when there was something to do, `about` it."""
    if about:
        record.looked_at("plan changed", about)
        messages.success(request, words)
    return redirect("care:plan", record.client.pk)


@require_POST
@therapist_required
def retire_symptom(request: HttpRequest, client_id: UUID, symptom_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = picking.retire(symptom_id, client=record.client, by=record.reader)
        return back(request, record, symptom_id if done else None, RETIRED)


@require_POST
@therapist_required
def agree_item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        try:
            item = own_items.agree(item_id, record=record, by=record.reader)
        except (TooMuch, own_items.CannotPropose) as reason:
            messages.info(request, str(reason))
            item = None
        return back(request, record, item.pk if item else None, "Agreed. The check-in asks it from now on.")


@require_POST
@therapist_required
def retire_item(request: HttpRequest, client_id: UUID, item_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = own_items.retire(item_id, record=record, by=record.reader)
        return back(request, record, item_id if done else None, RETIRED)


@require_POST
@therapist_required
def take_back(request: HttpRequest, client_id: UUID, assigned_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = assigning.take_back(assigned_id, record=record, by=record.reader)
        return back(request, record, assigned_id if done else None, "Taken back. What was written stays.")


@require_POST
@therapist_required
def end_measure(request: HttpRequest, client_id: UUID, assignment_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = end(assignment_id, client=record.client, by=record.reader)
        return back(request, record, assignment_id if done else None, "Not asked any more. What was filled in stays.")
