"""A form whose token has gone: its words come back to whoever wrote them, never to somebody who signed in since."""

import string

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from koru.ui import errors

from .parking import writer_of
from .signed_out import NOTE

LETTERS = string.ascii_letters + string.digits
MASKED = 64


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_anothers(request):
        return render(request, "403_csrf.html", {"words": []}, status=403)
    return errors.csrf_failure(request, reason)


def is_anothers(request: HttpRequest) -> bool:
    """Whether the page was made for one person, and the browser is another's by now."""
    note = request.COOKIES.get(NOTE, "")
    page = writer_of(note, secret_of(request.POST.get("csrfmiddlewaretoken", "")))
    here = request.user.pk if request.user.is_authenticated else writer_of(note, request.META.get("CSRF_COOKIE") or "")
    return page is not None and here is not None and page != here


def secret_of(token: str) -> str:
    """The secret under the mask that each page's token wears: Django's cipher, each letter moved on by the mask's."""
    half = len(token) // 2
    if len(token) != MASKED or not set(token) <= set(LETTERS):
        return ""
    moved = (LETTERS.index(hidden) - LETTERS.index(mask) for mask, hidden in zip(token[:half], token[half:], strict=True))
    return "".join(LETTERS[places % len(LETTERS)] for places in moved)
