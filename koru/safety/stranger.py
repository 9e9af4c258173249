"""Help now meets everybody as a stranger: no session is looked up, so it opens while the database is away.

Whose lines to show it knows all the same: the region somebody chose is put in a cookie of its own on their other pages.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from koru.people.models import Person

REGION = "koru_region"
YEAR = 365 * 24 * 3600


class AsStranger:
    """Stands before the session's middleware, and takes the session's cookie out of this one request."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner
        self.path = reverse("safety:help_now")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == self.path:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            return self.inner(request)
        response = self.inner(request)
        person = getattr(request, "_cached_user", None)  # only if the page asked who it is: no question of our own
        if isinstance(person, Person) and request.COOKIES.get(REGION) != person.region:
            _remember(response, person.region)
        return response


def _remember(response: HttpResponse, region: str) -> None:
    response.set_cookie(REGION, region, max_age=YEAR, secure=bool(settings.SESSION_COOKIE_SECURE), httponly=True, samesite="Lax")
