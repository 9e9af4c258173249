"""One dated thing on a client's timeline, as a value: rooms make them, `koru.care` merges and shows them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """What a room shows of one row.

    `kind` is a word of the field ("entry", "check_in", "appointment" …), `body` plain text, already cut to what a
    timeline shows, `link` the path where the whole of it is, `marks` one-word facts such as "bring" or "future".
    """

    at: datetime
    kind: str
    title: str
    body: str = ""
    link: str = ""
    tag: str = ""
    until: datetime | None = None
    marks: frozenset[str] = frozenset()
