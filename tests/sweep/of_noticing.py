"""The addresses of own items, quick log and trends: their lines of the matrix, and one of each thing that they name."""

from koru.people.models import Person

from .lines import Line

LINES: dict[str, Line] = {}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    return {}
