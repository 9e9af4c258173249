"""A real push service on this machine, by https, that can be told to behave badly; and a browser's side of the encryption."""

import base64
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from koru.outside.pinned import Bounds
from koru.reminders.letting_in import Subscription
from tests.scheduling.calendar_server import Quiet, certified

HOST = "push.example.org"


@dataclass
class Pushed:
    """One request as the service got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    port: int = 0
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    got: list[Pushed] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def bounds(self, **changed: Any) -> Callable[[], Bounds]:
        """As in production, but that its host lies on this machine, where its port isn't 443."""
        given = {"hosts": [HOST], "port": self.port, "resolve": lambda host, port: ["127.0.0.1"], "trust": self.trust}
        return lambda: Bounds(**{**given, "may_connect": lambda address: True, "seconds": 20, **changed})


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    service = Service()
    context, service.trust = certified(folder, HOST)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(service))
    listening.daemon_threads = True
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    service.port = listening.server_address[1]
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        listening.shutdown()
        listening.server_close()
        thread.join()


def handler_for(service: Service) -> type[BaseHTTPRequestHandler]:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers["Content-Length"]))
        service.got.append(Pushed(asked.path, {name.lower(): value for name, value in asked.headers.items()}, body))
        with suppress(OSError):  # whoever asked has hung up
            answered(asked, service)

    return type("Handler", (Quiet,), {"do_POST": answer})


def answered(asked: BaseHTTPRequestHandler, service: Service) -> None:
    """The path says how: /201/x takes it, /410/x is gone, /302/x leads elsewhere, /hang/x says nothing."""
    how = asked.path.split("/")[1]
    if how == "hang":
        service.over.wait(30)
        return
    if how == "drip":
        asked.wfile.write(b"HTTP/1.1 201 Created\r\n")
        while not service.over.is_set():
            asked.wfile.write(b"X")
            asked.wfile.flush()
            time.sleep(0.05)
        return
    asked.send_response(int(how))
    asked.send_header("Location", f"https://{HOST}/201/led")
    asked.end_headers()


class Browser:
    """What a browser that was let in keeps to itself, and what it gives out."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"sixteen secrets."

    def subscription(self, path: str = "/201/one", host: str = HOST) -> Subscription:
        return Subscription(f"https://{host}{path}", encoded(point_of(self.key)), encoded(self.secret))

    def opened(self, body: bytes) -> bytes:
        return opened(body, self.key, self.secret)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(body: bytes, key: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """RFC 8291, section 3, and RFC 8188, section 2, written from the texts: one record."""
    salt, length = body[:16], body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    both = b"WebPush: info\x00" + point_of(key) + sender
    material = HKDF(hashes.SHA256(), 32, secret, both).derive(shared)
    content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\x00").derive(material)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\x00").derive(material)
    record = AESGCM(content).decrypt(nonce, sealed, None)
    words, last, padding = record.rpartition(b"\x02")
    assert last
    assert not padding.strip(b"\x00")
    return words
