"""The addresses of guides and practices: their lines of the matrix, and one of each thing that they name."""

from koru.people.models import Person

from .lines import NO, Line, client

LINES: dict[str, Line] = {
    "practices/": client(200, NO),
    "practices/<slug:practice>/": client(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    return {}
