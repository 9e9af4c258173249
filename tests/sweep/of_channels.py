"""The ways to somebody: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.devices import Device, device_id
from koru.reminders.models import Letter
from koru.sealing.keyring import keyring

from .canaries import PRIVATE, canary
from .lines import EVERYBODY, NO, NOBODY, Line, anyone, signed_in

LINES: dict[str, Line] = {
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
    return {"note_id": str(note.pk)}


def _device(side: str, client: Person) -> Device:
    session = SessionStore()
    session.create()
    with keyring():
        return Device.objects.create(
            pk=device_id(side), person=client, session_id=str(session.session_key), endpoint=canary(PRIVATE, side), auth="x"
        )
