"""The addresses of the quick log and of trends: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.quick_links import signed
from moodtracking.codes import code

from .lines import NO, Line, anyone, client

LINES: dict[str, Line] = {
    "check-in/raise/": client(200, NO),
    "check-in/<uuid:check_in_id>/hold/": client(NO, 302),
    "check-in/<uuid:check_in_id>/said/": client(NO, 404),
    "check-in/<uuid:check_in_id>/show/": client(NO, 302),
    "check-in/quick/": anyone(404, 404),  # without the cookie that a note's link leaves
    "check-in/quick/kept/": anyone(404, NO),
    "check-in/quick/<str:link>/": anyone(302, NO),
    "trends/days/": client(200, NO),
    "trends/sessions/": client(200, NO),
    "trends/together/": client(200, NO),
    "trends/together/aside/": client(NO, 404),
    "trends/together/again/": client(NO, 302),
    "trends/csv/": client(200, NO),
    "trends/csv/<slug:code>/": client(200, NO),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    now = timezone.now()
    note = Letter.objects.create(
        kind="check-in", to=person, zone=person.zone, about=new_id(), due_at=now - timedelta(hours=1), try_at=now,
        handed_at=now, sent_at=now, dedupe_key=str(uuid4()),
    )  # fmt: skip
    return {"link": signed(note.pk), "code": code(person.pk, "mood")}
