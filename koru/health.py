"""Two questions that machines ask: is the process alive, and can it do its work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import caches
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from koru.sealing.envelope import CannotOpen
from koru.sealing.keks import current_kek, unwrap, wrap
from koru.sealing.starting import missing_keks
from koru.settings.cache import ValkeyOrMemory

log = logging.getLogger(__name__)

LATE = timedelta(minutes=5)
LIVEABLE = ("cache", "given_up")  # slower, or for an operator to see: no reason to send nobody here
OLDEST_DUE = """
    SELECT min(try_at) FROM reminders_letter
    WHERE sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL
"""
GIVEN_UP = (
    "SELECT count(*) FROM reminders_letter WHERE (failed_at IS NOT NULL OR bounced_at IS NOT NULL) AND put_aside_at IS NULL"
)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """`/healthz`: asks nothing of anybody."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """`/readyz`: 503 unless the database, its tables, the practice's key and the clock do. Without Valkey it is slower."""
    found = {**checked_on_a_connection_of_its_own(), "cache": cache_answers()}
    works = all(answer == "ok" for name, answer in found.items() if name not in LIVEABLE)
    degraded = any(found[name] != "ok" for name in LIVEABLE)
    return JsonResponse({"ready": works, "degraded": degraded, **found}, status=200 if works else 503)


def checked_on_a_connection_of_its_own() -> dict[str, str]:
    """A new connection tells whether the next request gets one; the request's own might be an old one."""
    connection = connections.create_connection("default")
    try:
        return {check.__name__: said(check, connection) for check in (database, tables, keys, letters, given_up)}
    finally:
        connection.close()


def said(check: Callable[[BaseDatabaseWrapper], str], connection: BaseDatabaseWrapper) -> str:
    try:
        return check(connection)
    except DatabaseError as failure:
        log.warning("not ready", extra={"koru": {"check": check.__name__, "error": type(failure).__name__}})
        return "the database does not answer"


def database(connection: BaseDatabaseWrapper) -> str:
    return "ok" if first(connection, "SELECT 1") == 1 else "odd answer"


def tables(connection: BaseDatabaseWrapper) -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are missing" if missing else "ok"


def keys(connection: BaseDatabaseWrapper) -> str:
    """Every key that wraps something is there, and the first one opens what it closes."""
    if missing_keks(connection):
        return "a practice's key in use is not configured"
    owner, secret = UUID(int=0), bytes(32)
    try:
        return "ok" if unwrap(wrap(secret, owner, current_kek()), owner, current_kek()) == secret else "odd answer"
    except CannotOpen:
        return "the practice's key does not open what it closed"


def letters(connection: BaseDatabaseWrapper) -> str:
    oldest = first(connection, OLDEST_DUE)
    late = isinstance(oldest, datetime) and timezone.now() - oldest > LATE
    return "letters are waiting longer than five minutes" if late else "ok"


def given_up(connection: BaseDatabaseWrapper) -> str:
    """Letters that were refused for good or came back wait for somebody at /desk/letters/, however long."""
    number = first(connection, GIVEN_UP)
    return f"{number} letters were given up" if number else "ok"


def cache_answers() -> str:
    try:
        cache = caches["default"]
        return "ok" if not isinstance(cache, ValkeyOrMemory) or cache.ping() else "odd answer"
    except RedisError:
        return "Valkey is away"


def first(connection: BaseDatabaseWrapper, query: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None
