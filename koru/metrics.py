"""`/metrics`: what an operator's Prometheus asks for, in its text format. Numbers alone, of nobody by name.

Requests are not counted here: each process knows its own alone. Their rates and times come from the log's lines.
"""

from collections.abc import Iterator
from datetime import datetime
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from koru.health import cache_answers, checked_on_a_connection_of_its_own
from koru.sealing.keks import current_kek
from koru.sealing.rotating import under_which

TYPE = "text/plain; version=0.0.4; charset=utf-8"
STANDING = """
    SELECT
        (SELECT count(*) FROM reminders_letter
         WHERE try_at <= now() AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL),
        (SELECT min(try_at) FROM reminders_letter
         WHERE try_at <= now() AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL),
        (SELECT max(at) FROM reminders_tick),
        (SELECT max(number) FROM privacy_anchor),
        (SELECT max(at) FROM privacy_anchor)
"""
Sample = tuple[str, str, float]  # name, labels, value


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Only for who shows the token of KORU_METRICS_TOKEN; for all others it isn't there."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.KORU_METRICS_TOKEN or not compare_digest(shown.encode(), settings.KORU_METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(written(samples()), content_type=TYPE)


def samples() -> Iterator[Sample]:
    """A database that is away leaves what can be said without it."""
    for part, answer in {**checked_on_a_connection_of_its_own(), "cache": cache_answers()}.items():
        yield "koru_ok", f'{{part="{part}"}}', float(answer == "ok")
    try:
        yield from standing()
        yield from data_keys()
    except DatabaseError:
        return


def standing() -> Iterator[Sample]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        due, oldest, tick, anchor, anchored = cursor.fetchone()
    yield "koru_letters_due", "", due
    yield "koru_letters_oldest_due_seconds", "", age(oldest) or 0.0
    yield from known("koru_clock_age_seconds", age(tick))
    yield from known("koru_access_log_anchor", anchor)
    yield from known("koru_access_log_anchor_age_seconds", age(anchored))


def data_keys() -> Iterator[Sample]:
    for kek, number in under_which().items():
        first = "yes" if kek == current_kek() else "no"
        yield "koru_data_keys", f'{{kek="{kek}",first="{first}"}}', number


def known(name: str, value: Any) -> Iterator[Sample]:
    if value is not None:
        yield name, "", value


def age(at: datetime | None) -> float | None:
    return None if at is None else max(0.0, (timezone.now() - at).total_seconds())


def written(found: Iterator[Sample]) -> str:
    lines: list[str] = []
    last = ""
    for name, labels, value in found:
        lines += [f"# TYPE {name} gauge"] if name != last else []
        lines.append(f"{name}{labels} {value:g}")
        last = name
    return "\n".join(lines) + "\n"
