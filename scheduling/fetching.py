"""Fetching a calendar from a server that somebody named: only from hosts the clinic allows, and never from a private network.

A name is resolved once, every address it has is looked at, and the connection goes to one of those: what a name says a
moment later (DNS rebinding) changes nothing. Redirects are walked here, each step looked at like the first. A watch ends
the connection when the time is over, however slowly the server drips.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from .busy import BusyCalendar

Why = BusyCalendar.Why
REDIRECTS = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ASKED = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Koru"}


class Unread(Exception):
    """The calendar can't be read now. `why` is one of a short list; the server's own words are not kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def addresses_of(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises OSError when it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an address lies in the open internet, also behind the ways of writing an IPv4 address as IPv6."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in NAT64:
            return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class Rules:
    """What may be fetched. `hosts` as in KORU_CALENDAR_HOSTS: a name, or all names below one that begins with a dot."""

    hosts: Sequence[str]
    most: int = 2_000_000
    seconds: float = 10
    redirects: int = 3
    port: int = 443
    resolve: Callable[[str, int], list[str]] = addresses_of
    may_connect: Callable[[str], bool] = is_public
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def allow(self, host: str) -> bool:
        return any(host == one or (one.startswith(".") and host.endswith(one)) for one in self.hosts)


def place_of(address: str, rules: Rules, base: str = "") -> SplitResult:
    """The parts of an address that may be fetched. Raises Unread: not https, a port, a name and password, another host."""
    try:
        parts = urlsplit(urljoin(base, address))
        plain = parts.scheme == "https" and parts.port in (None, rules.port) and "@" not in parts.netloc
    except ValueError as oddity:
        raise Unread(Why.ELSEWHERE) from oddity
    if not plain or not rules.allow(parts.hostname or ""):
        raise Unread(Why.ELSEWHERE)
    return parts


def fetch(address: str, rules: Rules) -> bytes:
    """What lies there. Raises Unread."""
    with _watched(rules.seconds) as watch:
        place = place_of(address, rules)
        for _ in range(rules.redirects + 1):
            found = _asked(place, rules, watch)
            if isinstance(found, bytes):
                return found
            place = place_of(found, rules, place.geturl())
    raise Unread(Why.ELSEWHERE)


class Watch:
    """Ends the open connection when the time is over."""

    def __init__(self) -> None:
        self.over = Event()
        self.open: socket.socket | None = None

    def end(self) -> None:
        self.over.set()
        if self.open:
            _cut(self.open)

    def follow(self, connection: socket.socket) -> None:
        self.open = connection
        if self.over.is_set():
            _cut(connection)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended by itself
        connection.close()


@contextmanager
def _watched(seconds: float) -> Iterator[Watch]:
    watch = Watch()
    timer = Timer(seconds, watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    except (OSError, http.client.HTTPException, ValueError) as failure:
        raise Unread(Why.SLOW if watch.over.is_set() else Why.UNREACHABLE) from failure
    finally:
        timer.cancel()


def _asked(place: SplitResult, rules: Rules, watch: Watch) -> bytes | str:
    """One request: the body, or where it leads to."""
    connection = _Pinned(place.hostname or "", rules, watch)
    try:
        connection.request("GET", f"{place.path or '/'}{'?' + place.query if place.query else ''}", headers=ASKED)
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


class _Pinned(http.client.HTTPSConnection):
    """Connects to an address that was looked at, and shows the certificate check the name."""

    def __init__(self, host: str, rules: Rules, watch: Watch) -> None:
        super().__init__(host, rules.port, timeout=rules.seconds, context=rules.trust)
        self.rules, self.watch = rules, watch

    def connect(self) -> None:
        found = self.rules.resolve(self.host, self.port)
        if not found or not all(map(self.rules.may_connect, found)):
            raise Unread(Why.ELSEWHERE)
        plain = socket.create_connection((found[0], self.port), self.rules.seconds)
        self.watch.follow(plain)
        self.sock = self.rules.trust.wrap_socket(plain, server_hostname=self.host)
        self.watch.follow(self.sock)
