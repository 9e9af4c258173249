"""Help now meets everybody as a stranger: no session is looked up, so it opens while the database is away."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class AsStranger:
    """Stands before the session's middleware, and takes the session's cookie out of this one request."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner
        self.path = reverse("safety:help_now")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == self.path:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.inner(request)
