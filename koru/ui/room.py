"""Room in a web process: some of its threads are kept for what needs no database.

A database that stands still answers nobody, and raises no error: whoever asked it waits. Were every thread to wait there,
nobody would be shown where help is, and the machines around would take the process for dead.
"""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .errors import catching_breath

WAITS = 3.0  # seconds until somebody is told to come back
KEPT_FREE = ("/healthz", "/help-now/")


class Room:
    """Stands after static files and before whatever asks the database."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner
        self.places = BoundedSemaphore(settings.KORU_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(KEPT_FREE):
            return self.inner(request)
        if not self.places.acquire(timeout=WAITS):
            return catching_breath()
        try:
            return self.inner(request)
        finally:
            self.places.release()
