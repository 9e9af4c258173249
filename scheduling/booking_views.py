"""A client books time with their therapist."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .booking import book
from .choosing import Clock
from .looking import Looking, clock_for, looking, places_to_pick
from .models import Appointment
from .refusals import DecideTomorrow, Refused
from .session_forms import BookForm
from .week_pages import week_page
from .wishing import let_booking_wish_go, wish_to_book

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@client_required
def book_session(request: HttpRequest) -> HttpResponse:
    """Pick a kind, a person and a time. A lost race keeps the form, with the nearest times."""
    now, posted = timezone.now(), request.method == "POST"
    sought = looking(person_of(request), (request.POST if posted else request.GET).dict())
    clinic = the_clinic()
    clock = clock_for(sought.wish, sought.client, clinic)
    form = BookForm(request.POST if posted else None, zone=clock.leading)
    refused: Refused | None = None
    chosen = form.chosen_start()
    if form.is_valid() and sought.therapist:
        try:
            made = _booked(sought, sought.therapist, form.cleaned_data)
        except Refused as answered:
            refused = answered
            form.add_error("start", refused.words)
        else:
            messages.success(request, "Booked. A mail with the time is on its way to you.")
            return redirect("scheduling:session", made.pk)
    week = week_page(sought.wish, clock, sought.monday, now=now, refused=refused, chosen=chosen)
    form.show(week.values)
    return answer(request, "scheduling/book.html", form, {**_words(sought, clock), "week": week, "clinic": clinic})


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


def _booked(sought: Looking, therapist: Person, said: Mapping[str, Any]) -> Appointment:
    return book(
        sought.kind,
        said["start"],
        therapist=therapist,
        place=sought.place,
        by=sought.client,
        client=sought.client,
        key=said["key"],
        way_home=said["way_home"] if sought.kind.needs_escort else "",
    )


def _words(sought: Looking, clock: Clock) -> dict[str, object]:
    """What is chosen, what else could be, and what is missing."""
    refusal = sought.wish.terms(timezone.now()).refusal
    wait = clock.long_words(refusal.until) if isinstance(refusal, DecideTomorrow) else ""
    return {"sought": sought, "refusal": refusal, "wait": wait, "places": places_to_pick(sought.kind)}
