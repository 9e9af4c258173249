"""Small deeds by a button each: remove, undo, stop asking."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from koru.people.permissions import client_required, person_of

from . import checking_in
from .models import CheckIn
from .picking import retire

PAGE = "/check-in/"


@require_POST
@client_required
def remove(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    client = person_of(request)
    row = get_object_or_404(CheckIn.objects.written_by(client), pk=check_in_id)
    checking_in.remove(row, by=client)
    return redirect(f"{PAGE}?removed={row.pk}")


@require_POST
@client_required
def bring_back(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    client = person_of(request)
    row = get_object_or_404(CheckIn.objects.written_by(client), pk=check_in_id)
    checking_in.bring_back(row, by=client)
    return redirect("moodtracking:kept", row.pk)


@require_POST
@client_required
def stop_asking(request: HttpRequest, symptom_id: UUID) -> HttpResponse:
    """The client no longer wants to be asked about a symptom."""
    client = person_of(request)
    retire(symptom_id, client=client, by=client)
    return redirect(PAGE)
