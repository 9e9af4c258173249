"""A real calendar server on this machine, by https with a certificate of its own, that can be told to behave badly."""

import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scheduling.fetching import Rules

HOST = "calendar.example.org"
KIB = b"x" * 1024


@dataclass
class Server:
    """`body` is what it gives out; the path says how: see WAYS."""

    port: int = 0
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    body: bytes = b""
    asked: Counter[str] = field(default_factory=Counter)
    named: list[str] = field(default_factory=list)

    def rules(self, **changed: Any) -> Rules:
        """As in production, but that the clinic's host lies on this machine, where its port isn't 443."""
        given = {"hosts": [HOST], "port": self.port, "resolve": lambda host, port: ["127.0.0.1"], "trust": self.trust}
        return Rules(**{**given, "may_connect": lambda address: True, "seconds": 20, **changed})

    def address(self, path: str = "/good") -> str:
        return f"https://{HOST}:{self.port}{path}"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server()
    context, server.trust = certified(folder)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(server))
    listening.daemon_threads = True
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    server.port = listening.server_address[1]
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def handler_for(server: Server) -> type[BaseHTTPRequestHandler]:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        name, _, rest = asked.path.partition("?")
        server.asked[name] += 1
        server.named.append(asked.headers["Host"])
        with suppress(OSError):  # whoever asked has hung up
            WAYS.get(name, good)(asked, server, rest)

    return type("Handler", (Quiet,), {"do_GET": answer})


class Quiet(BaseHTTPRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing on the screen of the tests."""


def said(asked: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    asked.send_response(status)
    for name, value in headers.items():
        asked.send_header(name.replace("_", "-"), value)
    asked.end_headers()
    asked.wfile.write(body)


def good(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 200, server.body, Content_Type="text/calendar")


def slow(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    """A byte now and then, for ever: no single wait is long."""
    said(asked, 200)
    while True:
        asked.wfile.write(b"x")
        asked.wfile.flush()
        time.sleep(0.05)


def slow_to_begin(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    """The same before the headers end."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        asked.wfile.write(b"X-Drip: x\r\n"[:1])
        asked.wfile.flush()
        time.sleep(0.05)


def endless(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 200)
    while True:
        asked.wfile.write(KIB * 64)


def packed(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 200, KIB, Content_Encoding="gzip")


def missing(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 404)


def broken(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 500)


def cut(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    """Promises more than it gives."""
    said(asked, 200, b"BEGIN:VCALENDAR", Content_Length="100000")


def led(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 302, Location=rest)


def led_in_circles(asked: BaseHTTPRequestHandler, server: Server, rest: str) -> None:
    said(asked, 302, Location="/loop")


WAYS: dict[str, Callable[[BaseHTTPRequestHandler, Server, str], None]] = {
    "/good": good,
    "/slow": slow,
    "/slow-to-begin": slow_to_begin,
    "/endless": endless,
    "/packed": packed,
    "/404": missing,
    "/500": broken,
    "/cut": cut,
    "/to": led,
    "/loop": led_in_circles,
}


def certified(folder: Path, host: str = HOST) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for one host alone, and that of somebody who trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    day = timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime.now(UTC) - day).not_valid_after(datetime.now(UTC) + day)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(secret + certificate)
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(folder / "key.pem")
    return serves, ssl.create_default_context(cadata=certificate.decode())
