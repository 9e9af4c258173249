"""The days around a session: its line of the matrix, and a session of each side that took place."""

from datetime import timedelta

from django.utils import timezone

from koru.people.models import Person
from tests.care.world import appointment

from .lines import NO, Line, therapist

LINES: dict[str, Line] = {"care/<uuid:client_id>/sessions/<uuid:session_id>/around/": therapist(200, NO)}


def things(side: str, person: Person, with_whom: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    back = timedelta(days=400 + 3 * ord(side[0]))
    return {"session_id": str(appointment(person, with_whom, timezone.now() - back, "met").pk)}
