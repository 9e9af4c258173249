"""The addresses of emergencies, and somebody to whom a record of a side is open in one."""

from koru.people.breaking_glass import break_glass
from koru.people.models import BrokenGlass, Person
from tests.people import make_therapist

from .canaries import SHARED, canary
from .lines import NO, Line, therapist

LINES: dict[str, Line] = {
    "care/emergency/": therapist(200, 422),
    "care/emergency/<uuid:glass_id>/looked/": Line(frozenset(), NO, 404),  # clinical leads alone: tests/care/test_emergency.py
}


def who_opened(client: Person) -> Person:
    """A therapist who doesn't work with them, and said why."""
    return BrokenGlass.objects.get(client=client).opened_by


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    words = f"Found on the floor, {canary(SHARED, side)}"
    return {"glass_id": str(break_glass(client, words, by=make_therapist()).pk)}
