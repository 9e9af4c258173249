"""The client's word on what their therapist chose for them to write about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from koru.people.permissions import client_required, person_of

from . import assigning

BACK = {"items": "/check-in/items/", "today": "/today/"}


@require_POST
@client_required
def decline(request: HttpRequest, assigned_id: UUID) -> HttpResponse:
    """ "Not this one": it isn't offered any more."""
    if assigning.decline(assigned_id, by=person_of(request)):
        messages.success(request, "It isn’t asked any more. That costs nothing.")
    return redirect(BACK.get(request.POST.get("back", ""), "journaling:entries"))
