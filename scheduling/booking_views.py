"""A client books time with their therapist. A time that they pick is held while they make up their mind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import the_clinic
from koru.people.permissions import client_required, person_of

from .booking import Asked, book
from .booking_page import asked_of, choice_alone, clock_of, whole_page
from .holding import hold, hold_longer, let_go
from .looking import Looking, as_uuid, clock_for, looking
from .models import Appointment
from .refusals import Refused
from .session_forms import BookForm, way_home_in
from .wishing import let_booking_wish_go, wish_to_book

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@client_required
def book_session(request: HttpRequest) -> HttpResponse:
    """Pick a kind, a person and a time. A lost race keeps the form, with the nearest times."""
    sought = _sought(request)
    form = BookForm(request.POST if request.method == "POST" else None, zone=clock_of(sought).leading)
    chosen = form.chosen_start()
    asked = asked_of(sought, chosen)
    if chosen and asked:
        try:
            made = _booked(sought, asked, chosen, form.cleaned_data)
        except Refused as refused:
            form.add_error("start", refused.words)
            return whole_page(request, sought, form, refused, chosen)
        messages.success(request, "Booked. A mail with the time is on its way to you.")
        return redirect("scheduling:session", made.pk)
    return whole_page(request, sought, form)


@require_POST
@client_required
def hold_time(request: HttpRequest) -> HttpResponse:
    """Hold what was picked. To scripts the part about the choice is the answer, else the page."""
    sought = _sought(request)
    form = BookForm(request.POST, zone=clock_of(sought).leading)
    chosen = form.chosen_start()
    asked = asked_of(sought, chosen)
    if chosen is None or asked is None:
        return whole_page(request, sought, form)
    try:
        hold(asked, chosen, by=sought.client, way_home=form.cleaned_data["way_home"])
    except Refused as refused:
        if request.headers.get("HX-Request"):
            return choice_alone(request, sought, refused)
        form.add_error("start", refused.words)
        return whole_page(request, sought, form, refused, chosen)
    return choice_alone(request, sought)


@require_POST
@client_required
def hold_time_longer(request: HttpRequest) -> HttpResponse:
    held = hold_longer(by=person_of(request), way_home=way_home_in(request.POST))
    return choice_alone(request, _sought(request), lost=held is None)


@require_POST
@client_required
def let_time_go(request: HttpRequest) -> HttpResponse:
    """Also said by a page that is left, and there is nobody any more to read an answer."""
    let_go(as_uuid(request.POST.get("held", "")), by=person_of(request))
    if "left" in request.POST:
        return HttpResponse(status=204)
    return choice_alone(request, _sought(request))


@require_POST
@client_required
def book_later(request: HttpRequest) -> HttpResponse:
    """Within a day of a session: keep what was looked for, and ask again."""
    client = person_of(request)
    sought = looking(client, request.POST.dict())
    wish = wish_to_book(sought.kind, sought.therapist, sought.place, by=client) if sought.therapist else None
    if wish is None:
        return redirect(f"{reverse('scheduling:book')}{sought.link.removesuffix('&')}")
    clock = clock_for(sought.wish, client, the_clinic())
    messages.success(request, f"We'll ask you again: {clock.long_words(wish.ask_at)}. Nothing is booked until then.")
    return redirect("scheduling:sessions")


@require_POST
@client_required
def book_no_more(request: HttpRequest) -> HttpResponse:
    let_booking_wish_go(by=person_of(request))
    return redirect("scheduling:sessions")


def _sought(request: HttpRequest) -> Looking:
    return looking(person_of(request), (request.POST if request.method == "POST" else request.GET).dict())


def _booked(sought: Looking, asked: Asked, start: datetime, said: Mapping[str, Any]) -> Appointment:
    return book(
        asked.kind,
        start,
        therapist=asked.therapist,
        place=asked.place,
        by=sought.client,
        client=sought.client,
        key=said["key"],
        way_home=said["way_home"] if asked.kind.needs_escort else "",
    )
