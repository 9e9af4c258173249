"""One line a request, as JSON: which page by its name, how it went, how long. Never what was in it."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string

log = logging.getLogger("koru.request")
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class JsonLine(logging.Formatter):
    """Exceptions by type and place alone: their words may hold what somebody wrote."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": record.getMessage(),
            **getattr(record, "koru", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "where": where(record)}
        return json.dumps(line, ensure_ascii=False, default=str)


class Hook(logging.Handler):
    """Hands each error to a function of the clinic's own, as the line that is logged: what isn't in a log isn't in a report.

    One that fails is told on stderr by `logging` itself, and the request goes on.
    """

    def __init__(self, function: str) -> None:
        super().__init__(logging.ERROR)
        self.function = function  # imported when it is needed: logs are set up before the rooms are there
        self.setFormatter(JsonLine())

    def emit(self, record: logging.LogRecord) -> None:
        try:
            import_string(self.function)(json.loads(self.format(record)))
        except Exception:
            self.handleError(record)


def where(record: logging.LogRecord) -> list[str]:
    """The calls that led to the exception, file and line, without values."""
    trace = record.exc_info[2] if record.exc_info else None
    calls: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        calls.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return calls[-12:]


# Django answers these with a page of their own: the line of the answer tells enough.
ANSWERED = (Http404, PermissionDenied, BadRequest, SuspiciousOperation)


class RequestLine:
    """Gives each request an id and logs it when it is answered."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark, began = request_id.set(uuid4().hex[:16]), time.perf_counter()
        try:
            response = self.inner(request)
            log.info("answered", extra={"koru": seen(request, response, began)})
            return response
        finally:
            request_id.reset(mark)

    def process_exception(self, request: HttpRequest, failure: Exception) -> None:
        if not isinstance(failure, ANSWERED):
            log.error("failed", exc_info=failure, extra={"koru": {"route": route(request)}})


def seen(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    return {
        "route": route(request),
        "method": request.method,
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1),
        "person": person(request),
    }


def route(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "-"


def person(request: HttpRequest) -> str:
    """A short keyed hash of who it was, if the page asked at all: enough to follow, too little to name."""
    known = getattr(request, "_cached_user", None)
    if known is None or not known.pk:
        return "-"
    return hmac.new(str(settings.SECRET_KEY).encode(), str(known.pk).encode(), hashlib.sha256).hexdigest()[:12]
