"""The addresses of a routine: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.quick_links import signed
from scheduling.keeping_routine import Said, begin
from tests.reminders.letters import due_letter

from .canaries import SHARED, canary
from .lines import NO, Line, anyone, client

LINES: dict[str, Line] = {
    "routine/": client(200, NO),
    "routine/new/": client(200, 422),
    "routine/routine.csv": client(200, NO),
    "routine/focus/": client(200, NO),
    "routine/back/": client(NO, 302),
    "routine/word/": client(200, 302),
    "routine/word/when/": client(NO, 302),
    "routine/word/note/": client(NO, 302),
    "routine/share/": client(NO, 302),
    "routine/<uuid:routine_id>/": client(200, 422),
    "routine/note/<str:routine_note>/": anyone(200, 422),
    "routine/noted/": anyone(200, NO),
    "routine/<uuid:routine_id>/notes/": client(200, 302),
    "routine/<uuid:routine_id>/smaller/": client(200, 422),
    "routine/<uuid:routine_id>/again/": client(200, 302),
    "routine/<uuid:routine_id>/mark/": client(NO, 302),
    "routine/<uuid:routine_id>/keep/": client(NO, 302),
    "routine/<uuid:routine_id>/rest/": client(NO, 302),
    "routine/<uuid:routine_id>/let-go/": client(NO, 302),
    "routine/<uuid:routine_id>/keep-one/": client(NO, 302),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """A routine in words that its client and who works with them may meet, and a note about it."""
    word = canary(SHARED, side)
    routine = begin(Said(word, word, word), key=uuid4(), by=person)
    note = due_letter(person, "routine", due_at=timezone.now(), about=routine.pk)
    return {"routine_id": str(routine.pk), "routine_note": signed(note.pk)}
