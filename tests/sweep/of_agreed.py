"""What was agreed, and the brief as its client reads it: their lines of the matrix, and one of each thing they name."""

from uuid import uuid4

from koru.people.models import Person
from koru.privacy.door import open_record
from scheduling.agreeing import add

from .canaries import SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "sessions/agreed/": client(200, 422),
    "sessions/agreed/<uuid:agreed_id>/": client(NO, 302),
    "sessions/agreed/<uuid:agreed_id>/after-all/": client(NO, 302),
    "sessions/agreed/<uuid:agreed_id>/let-it-be/": client(NO, 302, missing=302),
    "sessions/<uuid:appointment_id>/brief/": client(200, 200),
    "sessions/<uuid:appointment_id>/brief/take-back/": client(NO, 302),
    "care/<uuid:client_id>/agreed/": therapist(200, 422),
    "care/<uuid:client_id>/agreed/<uuid:agreed_id>/": therapist(NO, 302),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """A line that client and therapist read."""
    with open_record(person, by=therapist, why="agreed") as record:
        line = add(canary(SHARED, side), record=record, key=uuid4(), by=therapist)
    return {"agreed_id": str(line.pk)}
