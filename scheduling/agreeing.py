"""Writing down what was agreed, ticking it off, letting it rest: by the client or by their therapist, whoever comes first.

Every deed takes the record that it was opened through, so that a line is only ever found in the record it belongs to.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import either, narrows, neither, widens
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .agreed import MOST, AgreedChange, AgreedLine
from .resting import waits_for
from .routine_day import hold
from .sessions import last_begun

State, What = AgreedLine.State, AgreedChange.What
TURNS = (State.DONE, State.OPEN, State.RESTS)


class TwelveOpen(ValueError):
    """There is room again once one is ticked off or rests."""


@either
@transaction.atomic
def add(words: str, *, record: Record, key: UUID, by: Person) -> AgreedLine:
    """Write a line down. The same key twice is one. Raises TwelveOpen.

    What a client writes within a day of a dosing session waits, theirs alone, until they say so again.
    """
    _both(record, by)
    hold(record.client)
    before: AgreedLine | None = AgreedLine.objects.filter(client=record.client, key=key).first()
    if before:
        return before
    now = timezone.now()
    ask_at = waits_for(by, now) if record.is_own else None
    met = last_begun(record.client, now)
    line = AgreedLine(client=record.client, by=by, words=words, session=met, key=key, made_at=now, turned_at=now)
    line.state, line.ask_at = (State.WAITS, ask_at) if ask_at else (State.OPEN, None)
    line.place = None if ask_at else _free(record.client)
    line.save(force_insert=True)
    if not ask_at:
        _note(line, What.ADDED, by, now)
    return line


@neither
@transaction.atomic
def turn(line_id: UUID, state: str, *, record: Record, by: Person) -> AgreedLine:
    """Tick a line off, open it again, or let it rest; no `state` leaves it. Raises TwelveOpen, Http404.

    Twice is as once: who was first stays.
    """
    _both(record, by)
    hold(record.client)
    line = _line(record.client, line_id, exclude=State.WAITS)
    if not state or line.state == state:
        return line
    return _turned(line, State(state), What(state), by)


@widens
@transaction.atomic
def put_on(line_id: UUID, *, record: Record, by: Person) -> AgreedLine:
    """After the day of waiting: on the list after all. Before it is over it goes on waiting. Raises TwelveOpen, Http404."""
    _own(record, by)
    hold(by)
    line = _line(by, line_id)
    if line.state != State.WAITS or waits_for(by, timezone.now()):
        return line
    return _turned(line, State.OPEN, What.ADDED, by)


@narrows
@transaction.atomic
def take_away(line_id: UUID, *, record: Record, by: Person) -> None:
    """One that still waits is taken away: nobody else has read it. Twice is as once."""
    _own(record, by)
    AgreedLine.objects.filter(client=by, pk=line_id, state=State.WAITS).delete()


def _turned(line: AgreedLine, state: AgreedLine.State, what: AgreedChange.What, by: Person) -> AgreedLine:
    now = timezone.now()
    line.place = _free(line.client) if state == State.OPEN else None
    line.state, line.ask_at, line.turned_at = state, None, now
    line.save(update_fields=["state", "place", "ask_at", "turned_at"])
    _note(line, what, by, now)
    return line


def _note(line: AgreedLine, what: AgreedChange.What, by: Person, at: datetime) -> None:
    AgreedChange.objects.create(client=line.client, line=line, what=what, by=by, at=at)


def _free(client: Person) -> int:
    taken = set(AgreedLine.objects.filter(client=client, place__isnull=False).values_list("place", flat=True))
    free = [place for place in range(1, MOST + 1) if place not in taken]
    if not free:
        raise TwelveOpen
    return free[0]


def _line(client: Person, line_id: UUID, exclude: str = "") -> AgreedLine:
    line = AgreedLine.objects.filter(client=client, pk=line_id).exclude(state=exclude).select_related("client").first()
    if line is None:
        raise Http404
    return line


def _both(record: Record, by: Person) -> None:
    if not (record.opens(Part.AGREED) and record.may_change) or record.reader != by:
        raise Http404


def _own(record: Record, by: Person) -> None:
    if not record.is_own or record.reader != by:
        raise Http404
