"""One dated thing on a client's timeline, as a value: rooms make them, `koru.care` merges and shows them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID


class Words(NamedTuple):
    """What a moment says: plain text, already cut to what a timeline shows. `beside` invites to what can't be read."""

    title: str
    body: str = ""
    tag: str = ""
    beside: tuple[tuple[str, UUID], ...] = ()


class Moment(NamedTuple):
    """What a room shows of one row.

    `kind` is a word of the field ("entry", "check_in", "appointment" …), `payload` the row's values as they were read.
    `say` opens and words them: called for the fifty that are shown, not for the thousand that are merged. `about` is
    the id of the row where there is more to open, `marks` one-word facts such as "bring" or "future".
    """

    at: datetime
    kind: str
    payload: Any
    say: Callable[[Any], Words]
    about: UUID | str | None = None
    until: datetime | None = None
    marks: frozenset[str] = frozenset()

    @property
    def words(self) -> Words:
        return self.say(self.payload)
