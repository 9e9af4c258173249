"""The addresses of covering, and somebody who covers for the client of a side."""

from datetime import timedelta

from django.utils import timezone

from koru.moments.spans import Span
from koru.people.covering import let_cover
from koru.people.models import Cover, Person
from tests.people import make_therapist

from .canaries import SHARED, canary
from .lines import NO, Line, therapist

LINES: dict[str, Line] = {
    "care/covering/": therapist(200, 422),
    "care/covering/<uuid:cover_id>/end/": therapist(NO, 302),
    "care/supervision/": Line(frozenset(), 404, NO),  # clinical leads alone: tests/care/test_supervision.py
}


def stands_in(client: Person, therapist: Person) -> Person:
    """Another therapist who covers for some days."""
    return Cover.objects.get(client=client, given_by=therapist).therapist


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    start = timezone.now() - timedelta(minutes=5)
    words = f"Away, {canary(SHARED, side)}"
    cover = let_cover(client, make_therapist(), Span(start, start + timedelta(days=3)), words, by=therapist)
    return {"cover_id": str(cover.pk)}
