"""What was agreed, as either of the two reads it: what is open, what is done or rests, and what still waits for its client."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .agreed import MOST, AgreedChange, AgreedLine

State = AgreedLine.State
SHOWN = 30
LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Agreed:
    """`open` the oldest first, `past` the newest first, `waiting` for its client alone."""

    open: Sequence[AgreedLine]
    past: Sequence[AgreedLine]
    waiting: Sequence[AgreedLine]
    now: datetime

    @property
    def is_full(self) -> bool:
        return len(self.open) >= MOST

    @property
    def done_lately(self) -> list[AgreedLine]:
        """Ticked within a day: shown beside what is open, so that a tick can be taken back where it was made."""
        return [one for one in self.past if one.state == State.DONE and one.turned_at > self.now - LATELY]

    @property
    def near(self) -> list[AgreedLine]:
        """What is open and what was only just ticked, each where it stood."""
        return sorted((*self.open, *self.done_lately), key=lambda line: (line.made_at, line.pk))

    @property
    def says_something(self) -> bool:
        return bool(self.open or self.past or self.waiting)


def agreed_in(record: Record) -> Agreed:
    """Three questions, however much there is. What waits is its client's alone."""
    if not record.opens(Part.AGREED):
        return Agreed((), (), (), timezone.now())
    return _agreed(record.client, own=record.is_own)


def promised_in(record: Record, since: datetime | None) -> list[AgreedLine]:
    """What is open, and what was ticked off since then, the oldest first. One question."""
    if not record.opens(Part.AGREED):
        return []
    done = Q(state=State.DONE) if since is None else Q(state=State.DONE, turned_at__gt=since)
    return list(AgreedLine.objects.filter(Q(state=State.OPEN) | done, client=record.client)[:SHOWN])


def agreed_of(client: Person) -> Agreed:
    """A client's own."""
    return _agreed(client, own=True)


def _agreed(client: Person, *, own: bool) -> Agreed:
    changes = Prefetch("changes", AgreedChange.objects.filter(client=client).select_related("by"))
    rows = AgreedLine.objects.filter(client=client).select_related("by", "session__kind").prefetch_related(changes)
    shown = list(rows if own else rows.exclude(state=State.WAITS))
    past = sorted(_in(shown, State.DONE, State.RESTS), key=lambda line: line.turned_at, reverse=True)
    return Agreed(_in(shown, State.OPEN), past[:SHOWN], _in(shown, State.WAITS), timezone.now())


def _in(lines: Iterable[AgreedLine], *states: str) -> list[AgreedLine]:
    return [line for line in lines if line.state in states]
