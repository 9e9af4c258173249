"""Asking once more who somebody is, before their words leave in a file (RELIABILITY.md 4): within the last five minutes."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def _nothing(request: HttpRequest) -> None:
    """Reached by somebody who has lately said that it is them."""


let_through: Callable[[HttpRequest], None] = reauthentication_required(_nothing)


def asks_first(request: HttpRequest, way_back: str) -> HttpResponse | None:
    """The way to say that it is oneself, which leads to `way_back`; None for somebody who has lately."""
    try:
        let_through(request)
    except ReauthenticationRequired:
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': way_back})}")
    return None
