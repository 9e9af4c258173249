"""Who carries text messages: a provider by https, or this machine's own sink for demo and tests. KORU_TEXTS_URL says which.

A provider gets `{"to": …, "text": …}` by POST, with `Authorization: Bearer` and an `Idempotency-Key` by which it knows a
repeat. What its answers mean stands in docs/texts.md.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from koru.outside.pinned import Bounds, Elsewhere
from koru.outside.posting import Silent, post

from .channels import InDoubt, NoWay, Refused

SECONDS = 5
GONE = (404, 410)
OURS = (400, 413, 422)  # what we sent is odd: again it would be as odd
SINK = "sink"


@dataclass(frozen=True, slots=True)
class Text:
    """One message. `key` is the same for each copy of it."""

    to: str
    words: str
    key: UUID


class Provider(Protocol):
    def carry(self, text: Text) -> None:
        """Nothing: taken. Raises Refused, NoWay (no such number) or InDoubt."""


class ByHttp:
    """A provider at an address, never in a private network, for five seconds."""

    def carry(self, text: Text) -> None:
        body = json.dumps({"to": text.to, "text": text.words}).encode()
        headers = {
            "Authorization": f"Bearer {settings.KORU_TEXTS_SECRET}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(text.key),
        }
        try:
            status = post(settings.KORU_TEXTS_URL, body, headers, bounds()).status
        except Elsewhere as odd:
            raise Refused("an address that may not be asked", for_good=False) from odd
        except Silent as silence:
            raise (InDoubt(str(silence)) if silence.sent else Refused(str(silence), for_good=False)) from silence
        _meant(status)


def _meant(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in GONE:
        raise NoWay(f"text {status}")
    raise Refused(f"text {status}", for_good=status in OURS)


def bounds() -> Bounds:
    """The provider's host alone."""
    return Bounds(hosts=[urlsplit(settings.KORU_TEXTS_URL).hostname or ""], seconds=SECONDS)


class Sink:
    """Keeps one file a key, so a repeat is dropped as providers do."""

    def carry(self, text: Text) -> None:
        folder = Path(settings.KORU_TEXTS_SINK)
        folder.mkdir(parents=True, exist_ok=True)
        file, draft = folder / f"{text.key.hex}.json", folder / f"{text.key.hex}.{os.getpid()}"
        if not file.exists():
            draft.write_text(json.dumps({**asdict(text), "key": text.key.hex, "at": timezone.now().isoformat()}))
            draft.replace(file)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the sink shows it."""

    to: str
    words: str
    at: datetime


def kept() -> list[Kept]:
    """What the sink holds, newest first."""
    rows = [json.loads(file.read_text()) for file in Path(settings.KORU_TEXTS_SINK).glob("*.json")]
    found = [Kept(row["to"], row["words"], datetime.fromisoformat(row["at"])) for row in rows]
    return sorted(found, key=lambda one: one.at, reverse=True)


def provider() -> Provider | None:
    """None: this clinic sends no text messages."""
    if not settings.KORU_TEXTS_URL:
        return None
    return Sink() if settings.KORU_TEXTS_URL == SINK else ByHttp()
