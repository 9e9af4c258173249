"""The public pages: what Koru is, the open times, and what one link shows and does."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Invitation
from koru.ui.forms import answer

from . import consultation
from .calendar import ics
from .calendar_views import calendar_file
from .consultation import appointment_of, kind_of_talk, request_for, wish_for
from .consultation_forms import TalkForm, TimeForm
from .consultation_guard import too_many
from .consultation_page import asked_zone, next_open, slots, times_page
from .models import Appointment, ConsultationRequest, Place
from .moving import wish_to_move
from .open_times import Wish
from .refusals import Refused, TimeTaken

HELD = (
    "Your time is held. We've sent a mail with a link to move or cancel it. No mail? Keep this page's address: the time is yours."
)
BUSY = "Please wait a minute, then send it again. Everything you typed is still here."
readable = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What Koru is and who it is for."""
    clinic = Clinic.objects.first()
    zone = ZoneInfo(clinic.zone) if clinic else None
    context = {
        "clinic": clinic,
        "zone": zone,
        "slots": next_open(wish_for(kind_of_talk(), Place.VIDEO), zone, now=timezone.now()) if zone else [],
    }
    return render(request, "scheduling/landing.html", context)


@readable
def choose(request: HttpRequest) -> HttpResponse:
    """Open times and the few words that a talk needs. `show` asks for other times and keeps what is typed."""
    zone, note = asked_zone(request.POST or request.GET)
    if request.method == "POST" and "show" not in request.POST:
        return _book(request, TalkForm(request.POST, zone=zone), note)
    form = TalkForm.reopened((request.POST or request.GET).dict(), zone=zone)
    return _times(request, form, _wish(form), note)


def _book(request: HttpRequest, form: TalkForm, note: str) -> HttpResponse:
    wish = _wish(form)
    if not form.is_valid():
        return _times(request, form, wish, note)
    talk = form.talk()
    if too_many(request, talk.email):
        return _times(request, form, wish, note, busy=BUSY, status=429)
    try:
        made = consultation.book_talk(wish.kind, talk, key=form.cleaned_data["key"])
    except Refused as refused:
        return _refused(request, form, wish, refused, note)
    messages.success(request, HELD)
    return redirect("scheduling:consultation_link", made.token)


def _wish(form: TimeForm) -> Wish:
    """Times for the way of meeting that is ticked."""
    asked = str(form["place"].value())
    return wish_for(kind_of_talk(), asked if asked in Place.values else Place.VIDEO)


def _refused(request: HttpRequest, form: TimeForm, wish: Wish, refused: Refused, note: str = "", **more: Any) -> HttpResponse:
    """The page again with everything typed, what is wrong in words, and the times closest to the one that was wished."""
    near = slots(refused.nearest, form.zone)
    words = "That time was taken a moment ago." if isinstance(refused, TimeTaken) else refused.words
    form.add_error("at", f"{words} These are the nearest open ones." if near else words)
    return _times(request, form, wish, note, near=near, **more)


def _times(
    request: HttpRequest, form: TimeForm, wish: Wish, note: str = "", *, usual: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    page = times_page(request, wish, form.zone, note, usual)
    context = {"page": page, "clinic": Clinic.objects.first(), **more}
    template = more.get("template", "scheduling/consultation.html")
    return answer(request, template, form, context, ok_status=status)


def _found(token: str) -> tuple[ConsultationRequest, Appointment] | None:
    talk = request_for(token)
    held = appointment_of(talk) if talk else None
    return (talk, held) if talk and held else None


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "scheduling/consultation_gone.html", {"clinic": Clinic.objects.first()}, status=404)


@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link shows: always the current time, also from the first mail after three moves."""
    found = _found(token)
    if found is None:
        return _gone(request)
    talk, held = found
    invitation = Invitation.objects.open().filter(about=talk.pk).first()
    now = timezone.now()
    context = {
        "talk": talk,
        "held": held,
        "token": token,
        "is_held": held.state == Appointment.State.BOOKED and held.during.lower > now,
        "may_pick": held.state in {Appointment.State.CANCELLED, Appointment.State.MISSED} and not held.client_id,
        "invitation": invitation,
        "clinic": Clinic.objects.first(),
    }
    return render(request, "scheduling/consultation_link.html", context)


@readable
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Another time under the same link: a held talk moves, a cancelled one is picked again."""
    found = _found(token)
    if found is None:
        return _gone(request)
    talk, held = found
    zone, note = asked_zone(request.POST or request.GET, talk.zone)
    typed = {"place": held.place, **(request.POST or request.GET).dict()}
    is_held = held.state == Appointment.State.BOOKED
    wish = wish_to_move(held, None) if is_held else wish_for(held.kind, str(typed["place"]))
    more = {"template": "scheduling/consultation_move.html", "talk": talk, "held": held, "token": token, "is_held": is_held}
    if request.method != "POST" or "show" in request.POST:
        return _times(request, TimeForm.reopened(typed, zone=zone), wish, note, usual=talk.zone, **more)
    form = TimeForm({**typed, "place": held.place} if is_held else typed, zone=zone)
    if not form.is_valid():
        return _times(request, form, wish, note, usual=talk.zone, **more)
    return _moved(request, talk, form, wish, {**more, "usual": talk.zone})


def _moved(request: HttpRequest, talk: ConsultationRequest, form: TimeForm, wish: Wish, more: dict[str, Any]) -> HttpResponse:
    key: UUID = form.cleaned_data["key"]
    try:
        consultation.pick_again(talk, form.cleaned_data["at"], form.cleaned_data["place"], key=key)
    except Refused as refused:
        return _refused(request, form, wish, refused, **more)
    messages.success(request, "Your new time is held. The link in any of our mails shows it.")
    return redirect("scheduling:consultation_link", more["token"])


@readable
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first; the button gives the time back."""
    found = _found(token)
    if found is None:
        return _gone(request)
    talk, held = found
    context: dict[str, Any] = {"talk": talk, "held": held, "token": token, "clinic": Clinic.objects.first()}
    if request.method != "POST":
        return render(request, "scheduling/consultation_cancel.html", context)
    try:
        consultation.cancel_talk(talk)
    except Refused as refused:
        return render(request, "scheduling/consultation_cancel.html", {**context, "refused": refused.words}, status=422)
    messages.success(request, "Your time is given back. You can pick another whenever you like.")
    return redirect("scheduling:consultation_link", token)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The talk as a calendar file: one event for life, whatever moves."""
    found = _found(token)
    if found is None:
        return _gone(request)
    page = settings.KORU_PUBLIC_URL.rstrip("/") + reverse("scheduling:consultation_link", args=[token])
    return calendar_file(ics(found[1], the_clinic(), page, timezone.now()))
