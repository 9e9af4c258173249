"""Who works at the clinic has a second factor before anything else opens. allauth asks for one that is there; it has no
switch for having to have one."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .models import Person

OPEN = {"safety:help_now", "alive", "ready", "account_logout", "account_reauthenticate", "scheduling:landing"}
FACTORS = ["totp", "webauthn"]


class SecondFactorRequired:
    """Before any view, fragments included."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.inner(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.KORU_SECOND_FACTOR or _is_open(request) or not _lacks_factor(request.user):
            return None
        enrol = reverse("mfa_index")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": enrol})
        return redirect(enrol)


def _is_open(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name in OPEN or name.startswith("mfa_")


def _lacks_factor(person: object) -> bool:
    works_here = isinstance(person, Person) and (not person.is_client or person.is_superuser)
    return works_here and not is_mfa_enabled(person, FACTORS)


def is_fresh(request: HttpRequest, person: Person) -> bool:
    """Whether they showed a second factor within five minutes: at signing in, or when asked again.

    Where none is had (the demo asks for none) any way of showing that it is still them will do.
    """
    if not get_adapter().get_reauthentication_methods(person):
        return not settings.KORU_SECOND_FACTOR
    needs = is_mfa_enabled(person, FACTORS)
    lately = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, person)
    return any(record["at"] > lately and (record["method"] == "mfa" or not needs) for record in records)


def page_to_show_it(person: Person) -> str:
    """Where a second factor is asked for; the password where there is none."""
    methods = get_adapter().get_reauthentication_methods(person)
    factors = [method["url"] for method in methods if method["id"].startswith("mfa")]
    return str([*factors, *(method["url"] for method in methods)][0])
