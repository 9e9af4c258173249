"""Forms that arrive after their session has ended: kept sealed for their writer until they have signed in again.

The row holds ciphertext; the key to it lives in a cookie of the browser that sent the form, and nowhere else. Whose words
they are is known from the same browser: at each page it was handed a signed note of who it was made for, bound to the
CSRF secret of that sign-in, so that a page of somebody else is never taken for theirs.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from .models import ParkedForm

LIFE = timedelta(hours=24)
NONCE = 12
SIGN_INS = 4
LEFT_OUT = ("csrf", "password", "credential")
WRITER = "koru.privacy.writer"
TICKET = "koru.privacy.parked"
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the browser keeps of a parked form: where it is, whose it is, where it was going, and its key."""

    id: str
    person: str
    path: str
    key: str

    def signed(self) -> str:
        return signing.dumps([self.id, self.person, self.path, self.key], salt=TICKET)


def ticket_of(value: str) -> Ticket | None:
    """The ticket in a cookie; none when it is not ours or is older than a day."""
    try:
        return Ticket(*signing.loads(value, salt=TICKET, max_age=LIFE))
    except signing.BadSignature:
        return None


def writer_note(person: UUID, csrf_secret: str, earlier: str = "") -> str:
    """What a browser is handed with each page: who it was made for, in this sign-in and the last few before it."""
    pages = {**_pages(earlier), _hash(csrf_secret): str(person)}
    return signing.dumps(list(pages.items())[-SIGN_INS:], salt=WRITER)


def writer_of(note: str, csrf_secret: str) -> UUID | None:
    """Whose page it was; none when it is from a sign-in that the note doesn't know, or from nowhere."""
    person = _pages(note).get(_hash(csrf_secret)) if csrf_secret else None
    return UUID(person) if person else None


def _pages(note: str) -> dict[str, str]:
    try:
        return dict(signing.loads(note, salt=WRITER))
    except signing.BadSignature:
        return {}


def worth_parking(posted: QueryDict) -> Fields:
    """All that was filled in, but for secrets."""
    names = [name for name in posted if not any(part in name.lower() for part in LEFT_OUT)]
    fields = [(name, value) for name in names for value in posted.getlist(name)]
    return fields if any(value.strip() for _, value in fields) else []


@transaction.atomic
def park(fields: Fields, path: str, person: UUID) -> Ticket:
    """Keep a form for its writer. What has been lying there for over a day goes on the same occasion."""
    ParkedForm.objects.filter(made_at__lte=timezone.now() - LIFE).delete()
    key, nonce = os.urandom(32), os.urandom(NONCE)
    row = ParkedForm(person_id=person, made_at=timezone.now())
    plain = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")
    row.blob = nonce + AESGCM(key).encrypt(nonce, plain, _bound_to(str(row.pk), str(person), path))
    row.save(force_insert=True)
    return Ticket(str(row.pk), str(person), path, base64.urlsafe_b64encode(key).decode())


def opened(ticket: Ticket) -> Fields:
    """What was parked; nothing when it is gone."""
    row = ParkedForm.objects.filter(pk=ticket.id, person_id=ticket.person, made_at__gt=timezone.now() - LIFE).first()
    if row is None:
        return []
    blob, key = bytes(row.blob), base64.urlsafe_b64decode(ticket.key)
    try:
        plain = AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], _bound_to(ticket.id, ticket.person, ticket.path))
    except InvalidTag:
        return []
    return [(name, value) for name, value in json.loads(plain)]


@transaction.atomic
def drop(ticket: Ticket) -> None:
    """It has been sent, or let go."""
    ParkedForm.objects.filter(pk=ticket.id, person_id=ticket.person).delete()


def _bound_to(*parts: str) -> bytes:
    return json.dumps(parts).encode()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
