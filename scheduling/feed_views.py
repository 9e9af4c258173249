"""The private feed: what a calendar program fetches, and the page on which its owner makes, renews or stops it."""

import hashlib
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from koru.people.clinic import the_clinic
from koru.people.consent_texts import consent_text
from koru.people.models import Person
from koru.people.permissions import person_of, person_required, shown_lately
from koru.ui.flood import over
from koru.ui.shell import base_of

from .calendar import feed
from .feeding import CONSENT, feed_behind, feed_of, make_feed, may_have_feed, new_address, stop_feed
from .models import Appointment, CalendarFeed
from .refusals import DecideTomorrow

HOUR = 3600
OFTEN = {"known": 120, "unknown": 60}  # so often an hour one address may be read, and one connection may guess


@require_safe
def calendar_feed(request: HttpRequest, feed: str) -> HttpResponse:
    """One person's appointments, for whoever has the address. Asks for no sign-in, and looks at no cookie."""
    found = feed_behind(feed)
    who = feed if found else str(get_adapter(request).get_client_ip(request))
    if over("calendar", who, OFTEN["known" if found else "unknown"], HOUR):
        return HttpResponse(status=429, headers={"Retry-After": str(HOUR)})
    if found is None:
        raise Http404
    return _conditional(request, _content(found.person))


def _content(person: Person) -> bytes:
    own = Appointment.objects.in_calendar_of(person, timezone.now())
    return feed(own, the_clinic(), lambda one: _page_of(one, person), person)


def _page_of(appointment: Appointment, person: Person) -> str:
    page = reverse("scheduling:session", args=[appointment.pk]) if person.is_client else "/home/"
    return f"{settings.KORU_PUBLIC_URL}{page}"


def _conditional(request: HttpRequest, content: bytes) -> HttpResponse:
    """304 while nothing has changed since the calendar program read it."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, "text/calendar; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
@person_required
def feed_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@person_required
@shown_lately
def make(request: HttpRequest) -> HttpResponse:
    try:
        make_feed(person_of(request), by=person_of(request))
    except DecideTomorrow as wait:
        return _page(request, wait.until)
    return redirect("scheduling:feed_page")


@require_POST
@person_required
@shown_lately
def renew(request: HttpRequest) -> HttpResponse:
    if new_address(person_of(request), by=person_of(request)):
        messages.success(request, "This is the new address. The old one has stopped working.")
    return redirect("scheduling:feed_page")


@require_POST
@person_required
def stop(request: HttpRequest) -> HttpResponse:
    stop_feed(person_of(request), by=person_of(request))
    messages.success(request, "Stopped. The address doesn’t work any more.")
    return redirect("scheduling:feed_page")


def _page(request: HttpRequest, waits_until: datetime | None = None) -> HttpResponse:
    person = person_of(request)
    if not may_have_feed(person):
        raise Http404
    found = feed_of(person)
    address = _address(found) if found else ""
    context = {
        "base": base_of(person.role),
        "feed": found,
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}",
        "title": person.neutral_phrase or "Appointment",
        "consent": consent_text(CONSENT),
        "waits_until": waits_until,
    }
    return render(request, "scheduling/feed.html", context, status=422 if waits_until else 200)


def _address(found: CalendarFeed) -> str:
    return settings.KORU_PUBLIC_URL + reverse("scheduling:feed", args=[found.token])
