"""What a client holds back of their check-ins, to raise it themselves: each by a button, and all of them on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.privacy.raising import raising_words
from scheduling.resting import waits_for

from . import holding
from .views import mine


@require_safe
@client_required
def held(request: HttpRequest) -> HttpResponse:
    """The check-ins that are held back, and first sentences to take along."""
    client = person_of(request)
    waits = waits_for(client, timezone.now())
    return render(
        request, "moodtracking/held.html", {"rows": holding.held_by(client), "raising": raising_words(), "show_waits": waits}
    )


@require_POST
@client_required
def hold(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    if not holding.hold(check_in_id, by=person_of(request)):
        raise Http404
    return redirect("moodtracking:kept", check_in_id)


@require_POST
@client_required
def said(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    if not holding.said(check_in_id, by=person_of(request)):
        raise Http404
    messages.success(request, "Nothing is said about it from now on. It stays yours.")
    return redirect("moodtracking:held")


@require_POST
@client_required
def let_be_seen(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Seen again; within a day of a session the page says from when on."""
    row = mine(request, check_in_id)
    if not holding.let_be_seen(row.pk, by=row.client):
        messages.success(request, "Your therapist can see it again.")
    return redirect("moodtracking:kept", check_in_id)
