"""Asking Koru one thing as one person, and taking back at once whatever it changed."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from zeal import zeal_ignore

WRITTEN = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
MAY_GROW = {"django_session", "usersessions_usersession", "privacy_accessrow", "privacy_accesshead"}
OWN_TO_EACH_PAGE = re.compile(
    r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|csrfToken[^,;]*'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


READ_TWICE = [{"model": "people.Person", "field": "get()"}]  # who asks, and who is shown
ASKED = count()


@dataclass(frozen=True)
class Answer:
    """What came back, and which tables were written to on the way."""

    path: str
    status: int
    location: str
    body: str
    headers: str
    written: frozenset[str]
    looked: bool
    found: object

    @property
    def said(self) -> tuple[int | str, ...]:
        """All that tells two answers apart, without what is new on each page."""
        told = (OWN_TO_EACH_PAGE.sub("", words.replace(self.path, "")) for words in (self.location, self.body))
        return (self.status, *told)


def routes() -> Iterator[tuple[str, list[str]]]:
    """Every address that Koru answers to, with the names of its parameters."""
    yield from _within(get_resolver().url_patterns, "")


def _within(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, list[str]]]:
    for one in patterns:
        whole = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _within(one.url_patterns, whole)
        else:
            yield whole, list(one.pattern.regex.groupindex)


def address(route: str, values: Mapping[str, str]) -> str:
    """The route with its parameters filled in, as a path."""
    filled = re.sub(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>", lambda found: values[found[1] or found[2]], route)
    return "/" + filled.replace("^", "").replace("$", "")


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(
    session: str, method: str, path: str, sent: Mapping[str, str] | None = None, then: Callable[[], object] = lambda: None
) -> Answer:
    """One request with one session's cookie; none for a stranger. `then` looks around before all of it is taken back."""
    browser = Client(REMOTE_ADDR=f"10.0.{next(ASKED) % 250}.1")  # nobody is slowed down for asking often
    if session:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
    with taken_back(), zeal_ignore(READ_TWICE if path.startswith("/admin/people/person/") else []):
        before = written()
        posted = browser.post(path, sent or {}) if method == "POST" else None
        given = posted or browser.generic(method, path)
        body = given.getvalue()  # a streamed answer reads on as it is sent
        after, found = written(), then()
    grown = {table for table, count in after.items() if count != before.get(table, 0)}
    return Answer(
        path=path,
        status=given.status_code,
        location=given.headers.get("Location", ""),
        body=body.decode(errors="replace"),
        headers=f"{given.headers}{given.cookies.output()}",
        written=frozenset(grown - MAY_GROW),
        looked="privacy_accessrow" in grown,
        found=found,
    )


def written() -> dict[str, int]:
    """How many rows each table has been given, changed or robbed of in this transaction. Counts what was undone too."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())
