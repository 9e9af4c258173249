"""The addresses of meeting less often: their lines of the matrix, and what is proposed to each side."""

from koru.people.models import Person
from koru.people.spacing import ask_sooner
from tests.people.spacings import proposed

from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "care/<uuid:client_id>/plan/stage/take-back/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/stage/sooner/": therapist(NO, 302),
    "meeting-less/<uuid:spacing_id>/yes/": client(NO, 302, missing=302),
    "meeting-less/<uuid:spacing_id>/talk/": client(NO, 302, missing=302),
    "meeting-less/sooner/": client(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    assert side
    ask_sooner(by=client)
    return {"spacing_id": str(proposed(client, therapist).pk)}
