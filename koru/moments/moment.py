"""One dated thing on a client's timeline, as a value: rooms make them, `koru.care` merges and shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Moment:
    """What a room shows of one row.

    `kind` is a word of the field ("entry", "check_in", "appointment" …), `about` the id of the row where there is more
    to open, `body` plain text, already cut to what a timeline shows, `marks` one-word facts such as "bring" or "future".
    """

    at: datetime
    kind: str
    title: str
    body: str = ""
    about: UUID | None = None
    tag: str = ""
    until: datetime | None = None
    marks: frozenset[str] = frozenset()
