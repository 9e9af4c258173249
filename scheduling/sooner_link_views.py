"""Something sooner for a visitor, under the one link of their talk: GET shows, POST acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.clinic import the_clinic
from koru.ui.forms import answer

from .answering_sooner import accept_sooner, pass_sooner
from .consultation_link_views import gone, still_theirs
from .looking import as_uuid
from .models import Appointment, ConsultationRequest
from .refusals import Refused
from .sooner_forms import SoonerForm
from .sooner_page import live_offers, may_wait, open_wishes, waiting_of
from .waiting import Waits, wait_for_sooner, wait_no_more


@require_http_methods(["GET", "HEAD", "POST"])
def sooner(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and what they wait for. `do`: take, pass (with `offer`), stop; without: wait."""
    found = still_theirs(token)
    if found is None:
        return gone(request)
    talk, held = found
    wish = open_wishes().filter(request=talk).first()
    does = request.POST.get("do", "") if request.method == "POST" else ""
    if does in ("take", "pass", "stop"):
        return _answered(request, talk, token, does)
    form = SoonerForm(request.POST if request.method == "POST" else None, therapists=(), wish=wish)
    if form.is_valid() and (done := _kept(request, form, talk, held)):
        return done
    now = timezone.now()
    context = {
        "talk": talk,
        "held": held,
        "token": token,
        "offers": live_offers([wish] if wish else [], the_clinic(), now),
        "waiting": waiting_of(wish) if wish else None,
        "may_wait": may_wait(held, now),
    }
    return answer(request, "scheduling/consultation_sooner.html", form, context)


def _kept(request: HttpRequest, form: SoonerForm, talk: ConsultationRequest, held: Appointment) -> HttpResponse | None:
    try:
        wait_for_sooner(Waits(kind=held.kind, about=held, place=held.place, **form.wants), by=None, request=talk)
    except Refused as refused:
        form.add_error(None, refused.words)
        return None
    messages.success(request, "You are in line. When a time is free that fits, we write to you, and hold it for two hours.")
    return redirect("scheduling:consultation_sooner", talk.token)


def _answered(request: HttpRequest, talk: ConsultationRequest, token: str, does: str) -> HttpResponse:
    try:
        words = _does(talk, does, request.POST.get("offer", ""))
    except Refused as refused:
        messages.warning(request, refused.words)
        return redirect("scheduling:consultation_sooner", token)
    messages.success(request, words)
    return redirect("scheduling:consultation_link" if does == "take" else "scheduling:consultation_sooner", token)


def _does(talk: ConsultationRequest, does: str, offer: str) -> str:
    if does == "stop":
        for wish in open_wishes().filter(request=talk):
            wait_no_more(wish, by=None)
        return "You are not in line any more. Your talk stays as it is."
    offer_id: UUID = as_uuid(offer)
    if does == "take":
        accept_sooner(offer_id, by=None, request=talk)
        return "It is yours. This page shows your new time."
    pass_sooner(offer_id, by=None, request=talk)
    return "It goes on to the next. Your place in line stays."
