"""A client books time with their therapist. A time that they pick is held while they make up their mind."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
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
from .hold_steps import HoldPage, hold_step, let_go_step, longer_step
from .looking import Looking, clock_for, looking
from .models import Appointment
from .refusals import Refused
from .session_forms import BookForm
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
    return hold_step(request, _page)


@require_POST
@client_required
def hold_time_longer(request: HttpRequest) -> HttpResponse:
    return longer_step(request, _page)


@require_POST
@client_required
def let_time_go(request: HttpRequest) -> HttpResponse:
    return let_go_step(request, _page)


def _page(request: HttpRequest) -> HoldPage:
    sought = _sought(request)
    return HoldPage(
        form=BookForm(request.POST, zone=clock_of(sought).leading),
        asked=partial(asked_of, sought),
        whole=partial(whole_page, request, sought),
        alone=partial(choice_alone, request, sought),
    )


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
