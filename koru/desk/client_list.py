"""The clients of the clinic, to be found by name or address."""

import unicodedata

from django.db.models import OuterRef, Q, QuerySet, Subquery

from koru.people.models import Alliance, Clearance, Person
from scheduling.models import Appointment

A_PAGE = 30
LONGEST = 100


def clients(said: str) -> QuerySet[Person]:
    """All, or those whose name or address holds what was typed. With therapist, clearance and next appointment: one query."""
    found = Person.objects.clients().annotate(
        works_with=Subquery(_alliances().values("therapist__display_name")[:1]),
        cleared_until=Subquery(_clearances().values("valid_until")[:1]),
        verdict=Subquery(_clearances().values("verdict")[:1]),
        next_at=Subquery(_ahead().values("during__startswith")[:1]),
    )
    words = wanted(said)
    if words:
        found = found.filter(Q(display_name__icontains=words) | Q(email__icontains=words))
    return found.order_by("display_name", "pk")


def wanted(said: str) -> str:
    """What was typed, as names are kept: composed, without spaces around."""
    return unicodedata.normalize("NFC", said.replace("\x00", "")).strip()[:LONGEST]


def _alliances() -> QuerySet[Alliance]:
    return Alliance.objects.current().filter(client=OuterRef("pk")).order_by("since")


def _clearances() -> QuerySet[Clearance]:
    return Clearance.objects.filter(client=OuterRef("pk")).order_by("-recorded_at", "-id")


def _ahead() -> QuerySet[Appointment]:
    return Appointment.objects.filter(client=OuterRef("pk")).upcoming()
