"""The ways to somebody: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.models import Letter

from .lines import EVERYBODY, NO, NOBODY, Line, anyone, signed_in

LINES: dict[str, Line] = {
    "inbox/": signed_in(200, NO),
    "inbox/read/": signed_in(NO, 302),
    "reminders/later/<str:signed>/": anyone(404, 404),  # the link that stops opens nothing else
    "settings/notes/": signed_in(200, 302),
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
    return {"note_id": str(note.pk)}
