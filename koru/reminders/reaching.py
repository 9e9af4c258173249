"""Which channels reach a person now, and which a letter of theirs takes."""

from uuid import UUID

from .kinds import LetterKind
from .resting import Chosen
from .ways import ALWAYS, ways


def ways_of(person: UUID, kind: LetterKind, chosen: Chosen) -> tuple[str, ...]:
    """The channels of a letter of that kind to somebody, from the preferences at hand."""
    own = chosen.get(person)
    return ways(kind, own.ways if own else {}, ALWAYS)
