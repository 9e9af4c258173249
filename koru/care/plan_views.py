"""The plan of one client: picking and retiring what the check-in asks about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from moodtracking.picking import CannotPick, live_symptoms, pick

from .plan import PickForm, followed_in, retire_in


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan") as record:
        form = PickForm(request.POST if request.method == "POST" else None, live_symptoms(record.client))
        if form.is_valid() and picked(form, record):
            messages.success(request, "The check-in asks about it from now on.")
            return redirect("care:plan", client_id)
        page = {"form": form, "client": record.client, "followed": followed_in(record)}
        return render(request, "care/plan.html", page, status=422 if form.errors else 200)


def picked(form: PickForm, record: Record) -> bool:
    """Whether it could be picked; the reason stands beside the field otherwise."""
    try:
        symptom = pick(form.cleaned_data["symptom"], record=record, by=record.reader)
    except CannotPick as reason:
        form.add_error("symptom", str(reason))
        return False
    record.looked_at("plan changed", symptom.pk)
    return True


@require_POST
@therapist_required
def retire_symptom(request: HttpRequest, client_id: UUID, symptom_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan") as record:
        if retire_in(record, symptom_id):
            messages.success(request, "Retired. What was answered stays in the record.")
    return redirect("care:plan", client_id)
