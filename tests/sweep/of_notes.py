"""The addresses of a therapist's own notes: their lines of the matrix, and a note that its writer alone may meet."""

from uuid import uuid4

from koru.care.noting import Noted, write
from koru.people.models import Person
from koru.privacy.door import open_record

from .canaries import NOTE, canary
from .lines import NO, Line, therapist
from .of_safety_plan import TYPING

LINES: dict[str, Line] = {
    "care/<uuid:client_id>/notes/": therapist(200, 422),
    "care/<uuid:client_id>/notes/typed/": TYPING,
    "care/<uuid:client_id>/notes/changed/": TYPING,
    "care/<uuid:client_id>/notes/<uuid:own_note_id>/": therapist(200, 422),
    "care/<uuid:client_id>/notes/<uuid:own_note_id>/asked/": therapist(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    with open_record(client, by=therapist, why="notes") as record:
        note = write(Noted(canary(NOTE, side), asks=True), record=record, key=uuid4(), by=therapist)
    return {"own_note_id": str(note.pk)}
