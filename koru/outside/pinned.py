"""The way out of the house: https to hosts that are allowed by name, and never into a private network.

A name is resolved once, every address it has is looked at, and the connection goes to one of those: what a name says a
moment later (DNS rebinding) changes nothing. Redirects are not followed. A watch ends the connection when the time is over,
however slowly the other side drips.
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

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Elsewhere(Exception):
    """An address that may not be asked: not https, a port, a name and password, another host, a private network."""


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


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Who may be asked and for how long. `hosts`: a name, or all names below one that begins with a dot."""

    hosts: Sequence[str]
    seconds: float = 10
    port: int = 443
    resolve: Callable[[str, int], list[str]] = addresses_of
    may_connect: Callable[[str], bool] = is_public
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def allow(self, host: str) -> bool:
        return any(host == one or (one.startswith(".") and host.endswith(one)) for one in self.hosts)


def place_of(address: str, bounds: Bounds, base: str = "") -> SplitResult:
    """The parts of an address that may be asked. Raises Elsewhere."""
    try:
        parts = urlsplit(urljoin(base, address))
        plain = parts.scheme == "https" and parts.port in (None, bounds.port) and "@" not in parts.netloc
    except ValueError as oddity:
        raise Elsewhere from oddity
    if not plain or not bounds.allow(parts.hostname or ""):
        raise Elsewhere
    return parts


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
def watched(seconds: float) -> Iterator[Watch]:
    """Whatever is done inside with connections that follow the watch ends in time, with one of BROKEN."""
    watch = Watch()
    timer = Timer(seconds, watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()


BROKEN = (OSError, http.client.HTTPException, ValueError)  # what a connection that ends or talks nonsense raises


class Pinned(http.client.HTTPSConnection):
    """Connects to an address that was looked at, and shows the certificate check the name. Raises Elsewhere."""

    def __init__(self, host: str, bounds: Bounds, watch: Watch) -> None:
        super().__init__(host, bounds.port, timeout=bounds.seconds, context=bounds.trust)
        self.bounds, self.watch = bounds, watch

    def connect(self) -> None:
        found = self.bounds.resolve(self.host, self.port)
        if not found or not all(map(self.bounds.may_connect, found)):
            raise Elsewhere
        plain = socket.create_connection((found[0], self.port), self.bounds.seconds)
        self.watch.follow(plain)
        self.sock = self.bounds.trust.wrap_socket(plain, server_hostname=self.host)
        self.watch.follow(self.sock)


def path_in(place: SplitResult) -> str:
    """What is asked for at a host."""
    return f"{place.path or '/'}{'?' + place.query if place.query else ''}"
