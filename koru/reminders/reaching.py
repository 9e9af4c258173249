"""Which channels reach a person now, and which a letter of theirs takes."""

from uuid import UUID

from django.conf import settings

from .kinds import LetterKind
from .resting import Chosen
from .ways import ALWAYS, ways


def reach_of(person: UUID, chosen: Chosen) -> frozenset[str]:
    """The channels that lead to somebody, from the preferences at hand (resting.py asks what reaches them with these)."""
    own = chosen.get(person)
    there = {
        "push": settings.KORU_PUSH_KEY and getattr(own, "has_device", False),
        "text": settings.KORU_TEXTS_URL and getattr(own, "has_number", False),
    }
    return ALWAYS | {name for name, leads in there.items() if leads}


def ways_of(person: UUID, kind: LetterKind, chosen: Chosen) -> tuple[str, ...]:
    """The channels of a letter of that kind to somebody, from the preferences at hand."""
    own = chosen.get(person)
    return ways(kind, own.ways if own else {}, reach_of(person, chosen))
