"""Who waits for something sooner, what would fit, and offering it by hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_zone, the_clinic
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.ui.times import short_day, spoken_time
from scheduling.choosing import read_start
from scheduling.looking import as_uuid
from scheduling.models import SoonerWish
from scheduling.offering_sooner import matches, offer
from scheduling.refusals import OpenTime, Refused
from scheduling.sooner_page import live_offers, open_wishes, waiting_of
from scheduling.waiting import wait_no_more

SHOWN, FITTING = 60, 6


@dataclass(frozen=True, slots=True)
class Fit:
    opening: OpenTime
    words: str


@require_safe
@desk_required
def line(request: HttpRequest) -> HttpResponse:
    """Who waits, the longest first. Names and times, as on the desk's day."""
    wishes = list(open_wishes()[:SHOWN])
    offered = {one.offer.wish_id: one for one in live_offers(wishes, the_clinic(), timezone.now())}
    places = [(waiting_of(wish), offered.get(wish.pk)) for wish in wishes]
    return render(request, "desk/sooner.html", {"places": places})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def place(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """One place in line and what would fit. Posting offers one of these."""
    by, now = person_of(request), timezone.now()
    wish = get_object_or_404(open_wishes(), pk=wish_id)
    if request.method == "POST":
        return _offered(request, wish, by)
    offered = live_offers([wish], the_clinic(), now)
    fits = [] if offered else _fits(wish, now, by)
    return render(request, "desk/sooner_place.html", {"waiting": waiting_of(wish), "offered": offered, "fits": fits})


def _fits(wish: SoonerWish, now: datetime, by: Person) -> list[Fit]:
    found: dict[datetime, OpenTime] = {}
    for opening in matches(wish, now, by):
        found.setdefault(opening.start, opening)
        if len(found) == FITTING:
            break
    return [Fit(one, _words(one.start)) for one in found.values()]


def _words(start: datetime) -> str:
    local = start.astimezone(clinic_zone())
    return f"{short_day(local.date())}, {spoken_time(local)}"


def _offered(request: HttpRequest, wish: SoonerWish, by: Person) -> HttpResponse:
    start = _start(request.POST.get("start", ""))
    try:
        made = offer(wish, start, as_uuid(request.POST.get("with", "")), by=by)
    except Refused as refused:
        messages.warning(request, refused.words)
    else:
        messages.success(request, f"Held for {wish.name} until {_words(made.until)}. A mail tells them.")
    return redirect("desk:sooner_place", wish.pk)


def _start(words: str) -> datetime:
    try:
        return read_start(words, clinic_zone())
    except Refused:
        raise Http404 from None


@require_POST
@desk_required
def leave(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """They said so by phone."""
    wait_no_more(get_object_or_404(open_wishes(), pk=wish_id), by=person_of(request))
    messages.success(request, "Taken off the list. What they have booked stays.")
    return redirect("desk:sooner")
