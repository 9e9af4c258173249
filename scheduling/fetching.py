"""Fetching a calendar from a server that somebody named, by the way out that koru.outside guards.

Redirects are walked here, each step looked at like the first.
"""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult

from koru.outside import pinned
from koru.outside.pinned import BROKEN, Bounds, Elsewhere, Pinned, Watch, path_in, watched

from .busy import BusyCalendar

Why = BusyCalendar.Why
REDIRECTS = (301, 302, 303, 307, 308)
ASKED = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Koru"}


class Unread(Exception):
    """The calendar can't be read now. `why` is one of a short list; the server's own words are not kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Rules(Bounds):
    """What may be fetched, and how much of it. `hosts` as in KORU_CALENDAR_HOSTS."""

    most: int = 2_000_000
    redirects: int = 3


def place_of(address: str, rules: Rules, base: str = "") -> SplitResult:
    """The parts of an address that may be fetched. Raises Unread."""
    try:
        return pinned.place_of(address, rules, base)
    except Elsewhere as oddity:
        raise Unread(Why.ELSEWHERE) from oddity


def fetch(address: str, rules: Rules) -> bytes:
    """What lies there. Raises Unread."""
    with _in_time(rules.seconds) as watch:
        place = place_of(address, rules)
        for _ in range(rules.redirects + 1):
            found = _asked(place, rules, watch)
            if isinstance(found, bytes):
                return found
            place = place_of(found, rules, place.geturl())
    raise Unread(Why.ELSEWHERE)


@contextmanager
def _in_time(seconds: float) -> Iterator[Watch]:
    with watched(seconds) as watch:
        try:
            yield watch
        except Elsewhere as oddity:
            raise Unread(Why.ELSEWHERE) from oddity
        except BROKEN as failure:
            raise Unread(Why.SLOW if watch.over.is_set() else Why.UNREACHABLE) from failure


def _asked(place: SplitResult, rules: Rules, watch: Watch) -> bytes | str:
    """One request: the body, or where it leads to."""
    connection = Pinned(place.hostname or "", rules, watch)
    try:
        connection.request("GET", path_in(place), headers=ASKED)
        return _answer(connection.getresponse(), rules, watch)
    finally:
        connection.close()


def _answer(answer: http.client.HTTPResponse, rules: Rules, watch: Watch) -> bytes | str:
    if answer.status in REDIRECTS:
        return answer.getheader("Location") or ""
    if answer.status != http.client.OK:
        raise Unread(Why.REFUSED if answer.status < 500 else Why.UNREACHABLE)
    if answer.getheader("Content-Encoding", "identity") != "identity":
        raise Unread(Why.NO_CALENDAR)
    body = answer.read(rules.most + 1)
    if watch.over.is_set():
        raise Unread(Why.SLOW)
    if len(body) > rules.most:
        raise Unread(Why.TOO_BIG)
    if answer.length:  # it promised more than it gave
        raise Unread(Why.UNREACHABLE)
    return body
