"""Block 7 of the brief (clinical.md 9): what was agreed, what the therapist means to ask, routine and practices in a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from journaling.reading import excerpt
from koru.practices.lately import Lately, lately_in
from koru.privacy.door import Record, Shown
from scheduling.agreed_page import promised_in
from scheduling.models import AgreedLine
from scheduling.routine_told import RoutineTold, routine_told

from .models import Note

SHOWN = 200
MOST_ASKED = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """A note that asks next time; without words for everybody but its writer."""

    id: UUID
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Promises:
    """`open` the oldest first; `done` what was ticked off since the two last met; `asks` are `writer`'s own."""

    open: Sequence[AgreedLine]
    done: Sequence[AgreedLine]
    asks: Sequence[Ask]
    writer: str
    by_name: bool
    routine: RoutineTold
    practices: Sequence[Lately]

    @property
    def are_none(self) -> bool:
        return not (self.open or self.done or self.asks or self.routine.says_something or self.practices)


def promises_in(record: Record, now: datetime, met: datetime | None) -> Promises:
    """Questions as many for much as for little. `met`: when the two last met."""
    agreed = promised_in(record, met)
    return Promises(
        open=[line for line in agreed if line.state == AgreedLine.State.OPEN],
        done=[line for line in agreed if line.state == AgreedLine.State.DONE],
        asks=asks_in(record),
        writer=record.reader.display_name,
        by_name=isinstance(record, Shown),
        routine=routine_told(record, now),
        practices=lately_in(record, now),
    )


def asks_in(record: Record) -> list[Ask]:
    """What the reader means to ask. Shown to the client themself: that it is there, and no word of it is opened."""
    if isinstance(record, Shown):
        rows = Note.objects.filter(client=record.client, by=record.reader).to_ask_next()[:MOST_ASKED]
        return [Ask(pk, at, "") for pk, at in rows.values_list("id", "made_at")]
    rows = Note.objects.own_in(record).to_ask_next()[:MOST_ASKED]
    return [Ask(row.pk, row.made_at, excerpt(row.words, SHOWN)) for row in rows]
