"""The ways to somebody: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.consents import record_consent
from koru.people.models import Person
from koru.reminders.devices import Device, device_id
from koru.reminders.models import Letter
from koru.reminders.text_numbers import Texted, TextNumber
from koru.sealing.keyring import keyring
from koru.sealing.tokens import new_token, token_hash
from tests.reminders.letters import due_letter

from .canaries import PRIVATE, canary
from .lines import CLIENT, EVERYBODY, NO, NOBODY, THERAPIST, Line, anyone, signed_in

TEXTED = frozenset({CLIENT, THERAPIST})  # nothing comes as text to anybody else

LINES: dict[str, Line] = {
    "demo/texts/": anyone(404, NO),
    "demo/texts/answer/": anyone(NO, 404),
    "settings/notes/number/": Line(TEXTED, NO, 422),
    "settings/notes/number/again/": Line(TEXTED, NO, 302),
    "settings/notes/number/code/": Line(TEXTED, NO, 422),
    "settings/notes/number/take-away/": Line(TEXTED, NO, 302),
    "t/<str:short>/": anyone(200, 302),
    "texts/heard/": anyone(NO, 400),
    "inbox/": signed_in(200, NO),
    "inbox/read/": signed_in(NO, 302),
    "reminders/later/<str:signed>/": anyone(404, 404),  # the link that stops opens nothing else
    "settings/notes/": signed_in(200, 302),
    "settings/notes/devices/": signed_in(NO, 422),
    "settings/notes/devices/put-out/": signed_in(NO, 302),
    "sw.js": anyone(200, NO),
    "inbox/<uuid:note_id>/open/": Line(EVERYBODY - {NOBODY}, NO, 302, missing=302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    now = timezone.now()
    note = Letter.objects.create(
        kind="session-week", channel="inbox", to=client, zone=client.zone, about=new_id(), due_at=now, try_at=now,
        handed_at=now, sent_at=now, not_after=now + timedelta(days=7), dedupe_key=str(uuid4()),
        context={"starts": now.isoformat(), "path": "/sessions/", "change_path": "/sessions/"},
    )  # fmt: skip
    _device(side, client)
    return {"note_id": str(note.pk), "short": _text(side, client)}


def _text(side: str, client: Person) -> str:
    """A number, and the link of a text that went there."""
    now, short = timezone.now(), f"{side}{new_token()[:10]}"
    consent = record_consent(client, "sms", 1, "Texts", by=client)
    letter = due_letter(client, "session-today", channel="text", handed_at=now, sent_at=now)
    with keyring():
        TextNumber.objects.create(
            person=client,
            consent=consent,
            number=canary(PRIVATE, side),
            number_hash=side,
            salt=side,
            code_until=now,
            verified_at=now,
        )
    Texted.objects.create(letter=letter, person=client, link_hash=token_hash(short), until=now + timedelta(days=1))
    return short


def _device(side: str, client: Person) -> Device:
    session = SessionStore()
    session.create()
    with keyring():
        return Device.objects.create(
            pk=device_id(side), person=client, session_id=str(session.session_key), endpoint=canary(PRIVATE, side), auth="x"
        )
