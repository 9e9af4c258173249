"""The intention, shown large: to look at before a session, to let rest, to have back."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.ui.times import spoken_instant

from . import intentions, library
from .guided import Intention

EARLIER = 12


@client_required
@require_safe
def intention(request: HttpRequest) -> HttpResponse:
    """The client's own sentence, and whether it may still change."""
    client, now = person_of(request), timezone.now()
    newest = intentions.newest_of(client, now)
    context = {
        "earlier": Intention.objects.of(client)[1:EARLIER],
        "intention": newest,
        "is_open": newest is None or intentions.is_open(newest, now),
        "prompt": library.load().prompts[intentions.PROMPT],
        "words": library.load().words.page,
    }
    return render(request, "journaling/intention.html", context)


@client_required
@require_POST
def rest(request: HttpRequest, intention_id: UUID) -> HttpResponse:
    """From now on it comes back nowhere."""
    intentions.rest(intention_id, by=person_of(request))
    messages.success(request, library.load().words.page["rests"])
    return redirect("journaling:intention")


@client_required
@require_POST
def take_up(request: HttpRequest, intention_id: UUID) -> HttpResponse:
    client = person_of(request)
    waits = intentions.take_up(intention_id, by=client)
    if waits:
        when = spoken_instant(waits, ZoneInfo(client.zone))
        messages.info(request, library.load().words.page["wait_to_take_up"].format(when=f"on {when}"))
    return redirect("journaling:intention")
