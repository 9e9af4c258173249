"""Meeting less often, as the client answers it; and coming sooner, whenever they like."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from koru.people import spacing
from koru.people.permissions import client_required, person_of
from koru.ui.times import spoken_instant
from moodtracking.seeing_less import Along, agree
from scheduling.coming_sooner import come_sooner
from scheduling.resting import waits_for

CHANGED = "That isn’t proposed any more. What stands now is below."


@require_POST
@client_required
def yes(request: HttpRequest, spacing_id: UUID) -> HttpResponse:
    """`monthly` and `weekly` are ticked boxes: what goes along with it."""
    client, now = person_of(request), timezone.now()
    along = Along(monthly="monthly" in request.POST, weekly="weekly" in request.POST)
    try:
        if agree(spacing_id, along, waits=waits_for(client, now), by=client):
            messages.success(request, "Agreed. You can come sooner at any time, without a reason.")
        else:
            messages.info(request, CHANGED)
    except spacing.Waits as later:
        when = spoken_instant(later.at, ZoneInfo(client.zone), this_year=now.year)
        messages.info(request, f"The day after a session decides nothing new. You can say so from {when} on.")
    return to_where()


@require_POST
@client_required
def talk(request: HttpRequest, spacing_id: UUID) -> HttpResponse:
    """Let's talk about it: nothing changes."""
    if spacing.rather_talk(spacing_id, by=person_of(request)):
        messages.success(request, "Nothing changes. You can talk about it when you meet.")
    else:
        messages.info(request, CHANGED)
    return to_where()


@require_POST
@client_required
def sooner(request: HttpRequest) -> HttpResponse:
    """To the times that are open; where nobody works with them, to the way back."""
    if not come_sooner(by=person_of(request)):
        return redirect("scheduling:consultation")
    messages.success(request, "Your therapist knows that you would like to come sooner. Any time below can be yours.")
    return redirect("scheduling:book")


def to_where() -> HttpResponse:
    return redirect(reverse("today:asked") + "#stage")
