"""Letting others read more of one's safety plan: it waits within a day of a session, like all that widens."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from koru.people.permissions import client_required, person_of
from koru.safety.planning import AskAgain, share_matters
from koru.ui.times import spoken_instant
from scheduling.resting import waits_for


@require_POST
@client_required
def share_last_part(request: HttpRequest) -> HttpResponse:
    client, now = person_of(request), timezone.now()
    try:
        share_matters(client, waits=waits_for(client, now), by=client)
        messages.success(request, "Your therapist can read the last part now.")
    except AskAgain as later:
        when = spoken_instant(later.at, ZoneInfo(client.zone), this_year=now.year)
        messages.info(
            request,
            f"Sharing more waits for a day after a session. You can decide it from {when} on. Nothing is shared until then.",
        )
    return redirect("safety:plan")
