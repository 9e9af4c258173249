"""What the first page shows of what was agreed: the two that are open longest, and the one that was ticked off last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from koru.people.models import Person
from koru.sealing.fields import sealed_column, shown_blob

from .agreed import AgreedLine
from .agreed_page import LATELY

State = AgreedLine.State
COLUMNS = ("id", "words", "state", "turned_at")
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Line:
    pk: UUID
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class AgreedToday:
    """`more`: so many are open beyond those shown."""

    lines: tuple[Line, ...]
    more: int


def about_agreed(client: Person, since: datetime) -> "QuerySet[Any, Any]":
    """What is open, and what was ticked off since, the oldest first. What waits for its client's word is neither."""
    near = AgreedLine.objects.filter(Q(state=State.OPEN) | Q(state=State.DONE, turned_at__gt=since), client=client)
    return near.values_list(*COLUMNS)


def agreed_from(rows: Iterable[Any], client: Person, now: datetime) -> AgreedToday | None:
    """None when nothing is open and nothing was ticked off within a day: then a tick can no longer be taken back here."""
    told = [row for row in rows if row[2] == State.OPEN or row[3] > now - LATELY]
    still = [row[0] for row in told if row[2] == State.OPEN]
    ticked = max((row for row in told if row[2] == State.DONE), key=lambda row: row[3], default=None)
    shown = {*still[:SHOWN], *([ticked[0]] if ticked else [])}
    words = sealed_column(AgreedLine, "words")
    lines = [
        Line(pk, shown_blob(bytes(blob), words.place_of(pk, client.pk)), state) for pk, blob, state, _ in told if pk in shown
    ]
    return AgreedToday(tuple(lines), len(still[SHOWN:])) if lines else None
