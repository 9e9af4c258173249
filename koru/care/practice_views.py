"""A practice on a client's plan: picked with a sentence of the therapist's own, and taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from koru.people.permissions import person_of, therapist_required
from koru.practices import picking
from koru.privacy.door import Record, open_record

from .plan_ending_views import back
from .plan_views import Step, put_in
from .practice_forms import PracticeForm


@require_POST
@therapist_required
def pick_practice(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        form = PracticeForm(request.POST)

        def picked(record: Record) -> UUID:
            return picking.pick(form.choice, record=record, key=form.cleaned_data["key"], by=record.reader).pk

        words = f"Picked. {record.client.display_name} finds it with your sentence, at its moment."
        return put_in(request, record, form, Step(picked, words, "practice"))


@require_POST
@therapist_required
def end_pick(request: HttpRequest, client_id: UUID, pick_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        done = picking.take_back(pick_id, record=record, by=record.reader)
        return back(request, record, pick_id if done else None, "Taken back. What was done stays.")
