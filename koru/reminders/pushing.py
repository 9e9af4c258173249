"""The channel "push": a letter's one neutral line, encrypted for each browser that its reader let in (RFC 8030, 8291, 8292).

The push service sees when and to which browser, and how long the words are, never the words. Each copy carries the letter's
id as its Topic and as the notice's tag: a repeat takes the place of the first.
"""

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache, partial
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import timezone
from py_vapid import Vapid02

from koru.outside.pinned import Bounds, Elsewhere
from koru.outside.posting import Silent, post
from koru.people.models import Clinic

from .channels import HandOver, InDoubt, NoWay, Refused, Unreachable
from .devices import Device
from .letting_in import decoded, devices_of
from .models import Letter
from .notes import path_of
from .rendering import brief

SECONDS = 5
LASTS = timedelta(days=1)  # what a push service keeps for a browser that is off
GONE = (404, 410)
TOKEN = timedelta(hours=12)


def bounds() -> Bounds:
    """Who may be pushed to: the services that are known, none in a private network, for five seconds."""
    return Bounds(hosts=settings.KORU_PUSH_HOSTS, seconds=SECONDS)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One browser's copy."""

    device: Device
    endpoint: str
    body: bytes
    headers: dict[str, str]


class Push:
    """Keeps no connection open: there are several services, and few letters to each."""

    def ready(self) -> None:
        if not settings.KORU_PUSH_KEY:
            raise Unreachable("no KORU_PUSH_KEY")

    def prepared(self, letter: Letter, clinic: Clinic, now: datetime) -> HandOver:
        words = payload(letter, clinic, now)
        devices = devices_of(letter.to) if letter.to else Device.objects.none()
        return partial(self.send, [sealed(device, letter, words, now) for device in devices])

    def send(self, copies: list[Sealed]) -> None:
        """To each browser. One that took it is enough; one that is gone is forgotten. Raises Refused, InDoubt or NoWay."""
        answers = [(copy, self._asked(copy)) for copy in copies]
        gone = [copy.device.pk for copy, answer in answers if answer in GONE]
        Device.objects.filter(pk__in=gone).delete()
        left = [answer for _, answer in answers if answer not in GONE]
        if any(isinstance(answer, int) and 200 <= answer < 300 for answer in left):
            return
        if not left:
            raise NoWay("no device")
        if silent := next((answer for answer in left if isinstance(answer, Silent)), None):
            raise InDoubt(str(silent)) if silent.sent else Refused(str(silent), for_good=False)
        raise Refused(str(left[0]), for_good=False)

    def _asked(self, copy: Sealed) -> int | Silent:
        """Its status, or that there was none. An address that may not be asked any more counts as gone."""
        try:
            return post(copy.endpoint, copy.body, copy.headers, bounds()).status
        except Elsewhere:
            return GONE[0]
        except Silent as silence:
            return silence

    def close(self) -> None:
        """Nothing is open."""


def payload(letter: Letter, clinic: Clinic, now: datetime) -> bytes:
    """What the worker in the browser gets. Of it, a screen shows the sender's name and the letter's neutral subject."""
    said = brief(letter, clinic, now)
    told = {"title": clinic.sender_name, "body": said.subject, "path": path_of(said.link), "tag": str(letter.pk)}
    return json.dumps(told).encode()


def sealed(device: Device, letter: Letter, words: bytes, now: datetime) -> Sealed:
    """The words as that browser alone can open them."""
    own = ec.generate_private_key(ec.SECP256R1())
    keys = {"dh": decoded(device.p256dh), "auth_secret": decoded(device.auth), "private_key": own}
    body = http_ece.encrypt(words, salt=os.urandom(16), version="aes128gcm", **keys)
    until = min(letter.not_after or now + LASTS, now + LASTS)
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int((until - now).total_seconds()))),
        "Topic": base64.urlsafe_b64encode(letter.pk.bytes).decode().rstrip("="),
        "Urgency": "normal",
        **signed(device.endpoint),
    }
    return Sealed(device, device.endpoint, body, headers)


def signed(endpoint: str) -> dict[str, str]:
    """Who we are, told to the push service (RFC 8292)."""
    place = urlsplit(endpoint)
    contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    expires = int((timezone.now() + TOKEN).timestamp())
    claims = {"aud": f"{place.scheme}://{place.netloc}", "sub": f"mailto:{contact}", "exp": expires}
    headers: dict[str, str] = _signer(settings.KORU_PUSH_KEY).sign(claims)
    return headers


@cache
def _signer(key: str) -> Vapid02:
    return Vapid02.from_raw(key.encode())


def public_key() -> str:
    """What a browser is told to trust, as base64url. Empty: push is off."""
    if not settings.KORU_PUSH_KEY:
        return ""
    point = _signer(settings.KORU_PUSH_KEY).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")
