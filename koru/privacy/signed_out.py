"""Nothing typed is lost to a session that ended: the form waits for its writer, and only for them."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from koru.people.models import Person

from .parking import LIFE, Ticket, drop, opened, park, ticket_of, worth_parking, writer_note, writer_of
from .veil import FOUND, lies_over

NOTE = "koru_writer"
PARKED = "koru_parked_"
MOST = 5
WAITING = "You were signed out while writing. Your words are kept: sign in again and they are here."
VEILED = "Your words are kept. Once it is clear that it is still you, they are here."
A_MONTH = 30 * 24 * 3600


class SignedOut:
    """Parks a form that was sent to sign in first; shows it to its writer at the page it was meant for."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        waiting = list(tickets(request))
        if waiting and request.method == "GET" and (shown := self.shown(request, waiting)):
            return shown
        response = self.inner(request)
        if waiting:
            settle(request, response, waiting)
        if was_turned_away(request, response):
            keep_form(request, response, len(waiting))
        else:
            hand_note(request, response)
        return response

    def shown(self, request: HttpRequest, waiting: list[Ticket]) -> HttpResponse | None:
        """The page with the words, where a form of this very person waits for this address."""
        here = [one for one in waiting if one.path == request.path]
        person = reader(request) if here and not lies_over(request) else None
        ticket = next((one for one in here if person and one.person == str(person.pk)), None)
        fields = opened(ticket) if ticket else []
        if ticket is None or not fields:
            return None
        return render(request, "privacy/signed_out.html", {"fields": fields, "ticket": ticket})


def tickets(request: HttpRequest) -> Iterator[Ticket]:
    for name, value in request.COOKIES.items():
        if name.startswith(PARKED) and (ticket := ticket_of(value)):
            yield ticket


def reader(request: HttpRequest) -> Person | None:
    """Who is signed in. Asked only where a form waits or the page has asked already: some pages need no database."""
    return request.user if isinstance(request.user, Person) else None


def was_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Sent to sign in, or under the veil to show that it is still them."""
    if request.method != "POST" or response.status_code != FOUND:
        return False
    return is_veiled(request) or urlsplit(response.get("Location", "")).path == resolve_url(settings.LOGIN_URL)


def is_veiled(request: HttpRequest) -> bool:
    return bool(getattr(request, "veiled", False))


def writer_for(request: HttpRequest) -> UUID | None:
    """Whose words a form holds: under the veil who is signed in, else whom this browser's last pages were made for."""
    if request.user.is_authenticated:
        return request.user.pk if is_veiled(request) else None
    return writer_of(request.COOKIES.get(NOTE, ""), request.META.get("CSRF_COOKIE") or "")


def keep_form(request: HttpRequest, response: HttpResponse, waiting: int) -> None:
    """Park what was typed, when it is clear whose it is."""
    writer, fields = writer_for(request), worth_parking(request.POST)
    if writer is None or not fields or waiting >= MOST:
        return
    ticket = park(fields, request.path, writer)
    set_cookie(response, f"{PARKED}{ticket.id}", ticket.signed(), int(LIFE.total_seconds()))
    messages.info(request, VEILED if is_veiled(request) else WAITING)


def settle(request: HttpRequest, response: HttpResponse, waiting: list[Ticket]) -> None:
    """A form that has been sent again, or let go, is over; one that is somebody else's is dropped at their sign-in."""
    person = reader(request) if request.session.accessed else None
    if person is None:
        return
    done = request.POST.get("parked", "") if request.method == "POST" and response.status_code < 500 else ""
    for ticket in waiting:
        if ticket.person != str(person.pk) or ticket.id == done:
            response.delete_cookie(f"{PARKED}{ticket.id}", samesite="Lax")
        if ticket.person == str(person.pk) and ticket.id == done:
            drop(ticket)


def hand_note(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser know whom this page was made for."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret or not request.session.accessed or not request.user.is_authenticated:
        return
    note = request.COOKIES.get(NOTE, "")
    if writer_of(note, secret) != request.user.pk:
        set_cookie(response, NOTE, writer_note(request.user.pk, secret, note), A_MONTH)


def set_cookie(response: HttpResponse, name: str, value: str, age: int) -> None:
    response.set_cookie(name, value, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
