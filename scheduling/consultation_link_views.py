"""What the link in a visitor's mails shows and does: GET shows, POST acts, however often and in whatever order."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Invitation

from . import consultation
from .calendar import ics
from .calendar_views import calendar_file
from .consultation import appointment_of, mark_of, request_for, wish_for
from .consultation_forms import TimeForm
from .consultation_page import asked_zone
from .consultation_views import show_refused, show_times
from .models import Appointment, ConsultationRequest
from .moving import wish_to_move
from .open_times import Wish
from .refusals import Refused

State = Appointment.State
MOVE: Mapping[str, Any] = {"template": "scheduling/consultation_move.html"}
readable = require_http_methods(["GET", "HEAD", "POST"])


def _found(token: str) -> tuple[ConsultationRequest, Appointment] | None:
    talk = request_for(token)
    held = appointment_of(talk) if talk else None
    return (talk, held) if talk and held else None


def still_theirs(token: str) -> tuple[ConsultationRequest, Appointment] | None:
    """Only until they are a client: from then on their account has their times."""
    found = _found(token)
    return None if found and _is_client(*found) else found


def _is_client(talk: ConsultationRequest, held: Appointment) -> bool:
    return bool(talk.client_id or held.client_id)


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "scheduling/consultation_gone.html", {"clinic": Clinic.objects.first()}, status=404)


def _about(talk: ConsultationRequest, held: Appointment, token: str) -> dict[str, Any]:
    """What each page of the link tells. `seen` goes back with its form."""
    return {
        "talk": talk,
        "held": held,
        "token": token,
        "seen": mark_of(held),
        "is_held": held.state == State.BOOKED,
        "clinic": the_clinic(),
    }


@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Always the current time, also from the first mail after three moves."""
    found = _found(token)
    if found is None:
        return gone(request)
    talk, held = found
    context = {
        **_about(talk, held, token),
        "is_client": _is_client(talk, held),
        "is_ahead": held.state == State.BOOKED and held.span.start > timezone.now(),
        "may_pick": held.state in {State.CANCELLED, State.MISSED},
        "invitation": Invitation.objects.open().filter(about=talk.pk).first(),
    }
    return render(request, "scheduling/consultation_link.html", context)


@readable
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Another time under the same link: a held talk moves, a cancelled one is picked again."""
    found = still_theirs(token)
    if found is None:
        return gone(request)
    talk, held = found
    asked = request.POST or request.GET
    zone, note = asked_zone(asked, talk.zone)
    context = {**_about(talk, held, token), **MOVE, "zone_note": note, "usual": talk.zone}
    typed = {"place": held.place, **asked.dict(), **({"place": held.place} if context["is_held"] else {})}
    wish = wish_to_move(held, None) if context["is_held"] else wish_for(held.kind, str(typed["place"]))
    if request.method != "POST" or "show" in request.POST:
        return show_times(request, TimeForm.reopened(typed, zone=zone), wish, context)
    form = TimeForm(typed, zone=zone)
    if not form.is_valid():
        return show_times(request, form, wish, context)
    return _moved(request, form, wish, context)


def _moved(request: HttpRequest, form: TimeForm, wish: Wish, context: Mapping[str, Any]) -> HttpResponse:
    kept = form.cleaned_data
    try:
        consultation.pick_again(context["talk"], kept["at"], kept["place"], key=kept["key"], seen=kept["seen"])
    except Refused as refused:
        return show_refused(request, form, wish, refused, context)
    messages.success(request, "Your new time is held. The link in any of our mails shows it.")
    return redirect("scheduling:consultation_link", context["token"])


@readable
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first; the button gives the time back."""
    found = still_theirs(token)
    if found is None:
        return gone(request)
    context = _about(*found, token)
    if request.method != "POST":
        return render(request, "scheduling/consultation_cancel.html", context)
    try:
        consultation.cancel_talk(found[0], seen=request.POST.get("seen", ""))
    except Refused as refused:
        return render(request, "scheduling/consultation_cancel.html", {**context, "refused": refused.words}, status=422)
    messages.success(request, "Your time is given back. You can pick another whenever you like.")
    return redirect("scheduling:consultation_link", token)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The talk as a calendar file: one event for life, whatever moves."""
    found = _found(token)
    if found is None:
        return gone(request)
    page = settings.KORU_PUBLIC_URL.rstrip("/") + reverse("scheduling:consultation_link", args=[token])
    return calendar_file(ics(found[1], the_clinic(), page, timezone.now(), None))
