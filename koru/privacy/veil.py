"""The veil: after a while without a sign of anybody, pages wait until their owner has shown that it is still them.

When somebody was last there stands in a signed cookie that belongs to one session: no page costs a write. Without it the
sign-in counts, so that throwing it away lifts nothing. What is being typed goes on being kept, help stays open, and a
form that meets the veil is parked for its writer as at a sign-out (`koru.privacy.signed_out`).
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from koru.people.homes import home_of
from koru.people.lasting import SIGNED_IN, WORK_IDLE, idle_of, signed_in_at
from koru.people.models import Person

from .parking import worth_parking

SEEN = "koru_seen"
STEADY = timedelta(seconds=30)  # so seldom the cookie is made anew
FOUND = 302
A_MONTH = 30 * 24 * 3600
AGAIN = "account_reauthenticate"
HELP = {
    "safety:help_now",
    "safety:help_worker",
    "safety:ask_for_help",
    "safety:first_help",
    "safety:first_help_step",
    "safety:call_me",
}
SHOWING = {AGAIN, "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_login", "account_logout", "account_inactive"}
SHOWING |= {f"account_reset_password{page}" for page in ("", "_done", "_from_key", "_from_key_done")}
PUBLIC = {"alive", "ready", "scheduling:landing", "scheduling:consultation", "people:privacy", "people:invitation"}
PUBLIC |= {"reminders:stop", "reminders:later", "reminders:push_worker", "reminders:mailbox", "reminders:mail"}
OPEN = HELP | SHOWING | PUBLIC
# What is being typed, tapped or recorded is kept in its own place, and shows nothing.
WRITING = {"journaling:draft", "safety:plan_draft", "safety:plan_picture", "connection:typed", "moodtracking:tap", "measures:tap"}
WRITING |= {"attachments:new", "attachments:add", "attachments:at_step"}
WRITING |= {"care:safety_plan_draft", "care:own_typed", "care:choose_typed", "care:practice_typed", "care:note_typed"}
WRITING |= {"care:note_retyped", "care:ending_typed"}
POLLS = {
    "scheduling:day",
    "desk:fresh",
    "care:people_today",
    "rights:export_progress",
}  # a page asks by itself: nobody has to be there for it


class Veil:
    """Stands after whoever knows who is signed in, and before every view."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.inner(request)
        if getattr(request, "through", False) and shows_a_page(response):
            return ask_again(request, is_poll=False)
        if getattr(request, "lively", False):
            note_seen(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN:
            return None
        if not lies_over(request):
            vars(request)["lively"] = name not in POLLS
            return None
        if name in WRITING and request.method == "POST":
            vars(request)["through"] = True
            return None
        return ask_again(request, is_poll=name in POLLS)


def shows_a_page(response: HttpResponse) -> bool:
    """Something was refused, and its page would say what else is there."""
    return response.status_code != FOUND and response.get("Content-Type", "").startswith("text/html")


def lies_over(request: HttpRequest) -> bool:
    """Whether whoever is signed in has been away for too long. Asks no question where the cookie alone answers."""
    now = timezone.now()
    seen = last_seen(request)
    if not request.session.session_key or (seen and now - seen < WORK_IDLE):
        return False
    began = signed_in_at(request)
    if began is None or not isinstance(request.user, Person):
        return False
    last = max(began, seen or began, shown_at(request, request.user) or began)
    return now - last >= idle_of(request.user)


def last_seen(request: HttpRequest) -> datetime | None:
    """What the cookie says, when it is of this very session."""
    try:
        session, at = signing.loads(request.COOKIES.get(SEEN, ""), salt=SEEN)
    except signing.BadSignature:
        return None
    return datetime.fromtimestamp(at, UTC) if session == _mark(request) else None


def shown_at(request: HttpRequest, person: Person) -> datetime | None:
    """When they last showed, in this session, that it is still them."""
    shown = [record["at"] for record in get_authentication_records(request, person) if record.get("reauthenticated")]
    return datetime.fromtimestamp(shown[-1], UTC) if shown else None


def note_seen(request: HttpRequest, response: HttpResponse) -> None:
    if not request.session.accessed or SIGNED_IN not in request.session:
        return
    now, seen = timezone.now(), last_seen(request)
    if seen is None or now - seen >= STEADY:
        value = signing.dumps([_mark(request), int(now.timestamp())], salt=SEEN)
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(SEEN, value, max_age=A_MONTH, httponly=True, samesite="Lax", secure=secure)


def _mark(request: HttpRequest) -> str:
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:16]


def ask_again(request: HttpRequest, *, is_poll: bool) -> HttpResponse:
    """The page that asks whether it is still them, in the way that whoever asks can read it."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({}, status=401)
    if not get_adapter().get_reauthentication_methods(request.user):
        again = _to(resolve_url(settings.LOGIN_URL), way_back(request))
        logout(request)  # nothing to show it by: a code from the mail, at the door
    else:
        vars(request)["veiled"] = True
        again = _to(reverse(AGAIN), way_back(request))
    if is_poll:
        return render(request, "privacy/_veil.html", {"again": again})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": again})
    return redirect(again)


def turn_away(request: HttpRequest, page: str) -> HttpResponse:
    """To `page` first, which leads back here. What was typed is parked for its writer."""
    vars(request)["veiled"] = True
    return redirect(_to(page, way_back(request)))


def _to(page: str, back: str) -> str:
    return f"{page}?{urlencode({'next': back})}"


def way_back(request: HttpRequest) -> str:
    """Where they were: the page asked for, or the one a button stood on. A form with words comes back where it was going."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    if request.method == "POST" and not request.headers.get("HX-Request") and worth_parking(request.POST):
        return request.path
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if isinstance(request.user, Person) and not url_has_allowed_host_and_scheme(page, request.get_host()):
        return home_of(request.user)
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
