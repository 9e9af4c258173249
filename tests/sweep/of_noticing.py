"""The addresses of the quick log and of trends: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.quick_links import signed

from .lines import NO, Line, anyone

LINES: dict[str, Line] = {
    "check-in/quick/": anyone(404, 404),  # without the cookie that a note's link leaves
    "check-in/quick/kept/": anyone(404, NO),
    "check-in/quick/<str:link>/": anyone(302, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    now = timezone.now()
    note = Letter.objects.create(
        kind="check-in", to=client, zone=client.zone, about=new_id(), due_at=now - timedelta(hours=1), try_at=now,
        handed_at=now, sent_at=now, dedupe_key=str(uuid4()),
    )  # fmt: skip
    return {"link": signed(note.pk)}
