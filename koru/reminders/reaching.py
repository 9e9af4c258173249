"""Which channels reach a person now, and which a letter of theirs takes."""

from uuid import UUID

from .kinds import LetterKind
from .resting import Chosen
from .ways import ALWAYS, ways


def reach_of(person: UUID, chosen: Chosen) -> frozenset[str]:
    """The channels that lead to somebody, from the preferences at hand."""
    return ALWAYS


def ways_of(person: UUID, kind: LetterKind, chosen: Chosen) -> tuple[str, ...]:
    """The channels of a letter of that kind to somebody, from the preferences at hand."""
    own = chosen.get(person)
    return ways(kind, own.ways if own else {}, reach_of(person, chosen))
