"""The public pages: what Koru is, and the open times of a free talk."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.models import Clinic
from koru.ui.forms import answer

from . import consultation
from .consultation import kind_of_talk, wish_for
from .consultation_forms import TalkForm, TimeForm
from .consultation_guard import too_many
from .consultation_page import asked_zone, next_open, slots, times_page
from .models import Place
from .open_times import Wish
from .refusals import Refused, TimeTaken

HELD = (
    "Your time is held. We've sent a mail with a link to move or cancel it. No mail? Keep this page's address: the time is yours."
)
BUSY = "Please wait a minute, then send it again. Everything you typed is still here."


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


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Open times and the few words that a talk needs. `show` asks for other times and keeps what is typed."""
    clinic = Clinic.objects.first()
    if clinic is None:
        return render(request, "scheduling/consultation_closed.html", status=503)
    asked = request.POST or request.GET
    zone, note = asked_zone(asked)
    context = {"zone_note": note, "template": "scheduling/consultation.html", "clinic": clinic}
    if request.method == "POST" and "show" not in request.POST:
        return _book(request, TalkForm(request.POST, zone=zone), context)
    form = TalkForm.reopened(asked.dict(), zone=zone)
    return show_times(request, form, _wish(form), context)


def _book(request: HttpRequest, form: TalkForm, context: Mapping[str, Any]) -> HttpResponse:
    wish = _wish(form)
    if not form.is_valid():
        return show_times(request, form, wish, context)
    talk = form.talk()
    if too_many(request, talk.email):
        return show_times(request, form, wish, {**context, "busy": BUSY}, status=429)
    try:
        made = consultation.book_talk(wish.kind, talk, key=form.cleaned_data["key"])
    except Refused as refused:
        return show_refused(request, form, wish, refused, context)
    messages.success(request, HELD)
    return redirect("scheduling:consultation_link", made.token)


def _wish(form: TimeForm) -> Wish:
    """Times for the way of meeting that is ticked, else for the usual one."""
    kind = kind_of_talk()
    form.offer(kind.places)
    asked = str(form["place"].value())
    return wish_for(kind, asked if asked in kind.places else kind.places[0])


def show_refused(request: HttpRequest, form: TimeForm, wish: Wish, refused: Refused, context: Mapping[str, Any]) -> HttpResponse:
    """The page again with everything typed, what is wrong in words, and the times closest to the one that was wished."""
    near = slots(refused.nearest, form.zone)
    words = "That time was taken a moment ago." if isinstance(refused, TimeTaken) else refused.words
    form.add_error("at", f"{words} These are the nearest open ones." if near else words)
    return show_times(request, form, wish, {**context, "near": near})


def show_times(
    request: HttpRequest, form: TimeForm, wish: Wish, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of open times. `context` holds the clinic, the template's name, and `usual` where a zone is known."""
    page = times_page(request, wish, form.zone, has_usual="usual" in context)
    return answer(request, context["template"], form, {"page": page, **context}, ok_status=status)
