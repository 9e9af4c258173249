"""Error pages: what happened in plain words, a way back, Help now. None of them needs the database."""

import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.csrf import requires_csrf_token

UNPROCESSABLE, WRONG_VERB = 422, 405
SECRETS = ("password", "code", "credential")
RETRY_AFTER = "5"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with words of its own where the failure names a page; or 503 when it is the database that is away for a moment."""
    failure = sys.exc_info()[1]
    if is_away(failure):
        return catching_breath()
    return HttpResponse(render_to_string(getattr(failure, "page", "500.html")), status=500)


def catching_breath() -> HttpResponse:
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})


def is_away(error: BaseException | None) -> bool:
    """Whether the database went, or never came. One that falls in the middle of an answer says so by no kind of its own."""
    nameless = type(error) is DatabaseError and error.__cause__ is not None  # without one it is a fault of Django's own
    return nameless or isinstance(error, OperationalError | InterfaceError)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keeps the words: a page of ours that only lost its token gets its form back, with a fresh one."""
    return render(request, "403_csrf.html", {"words": words_of(request)}, status=403)


def words_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, to be sent again by hand; nothing from another site, and no secrets."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    if not from_us(request) or any(secret in name for name in names for secret in SECRETS):
        return []
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def from_us(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on one of our own pages."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host() and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


class Unprocessable:
    """Views of others answer a faulty form with 200: here it is 422, as everywhere. And a wrong verb gets a page too."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.inner(request)
        if response.status_code == WRONG_VERB and not response.content:
            response.content = render_to_string("405.html")
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.is_bound and form.errors:
            response.status_code = UNPROCESSABLE
        return response
