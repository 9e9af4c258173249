"""The thread of intention: one sentence for a session, the client's until it begins, and then as it was.

It comes back unedited in the evening, on day 7, in the brief if it is shared, and before the next session. One that the
client lets rest comes back nowhere.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import either, narrows, neither
from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from scheduling.models import Appointment
from scheduling.resting import waits_for

from .guided import Intention
from .models import Entry
from .sharing import SHARED

PROMPT = "d-one-sentence"


def is_frozen(said_at: datetime, starts: Iterable[datetime], now: datetime) -> bool:
    """Whether the session it was said for has begun. Pure."""
    return any(said_at < start <= now for start in starts)


@neither
@transaction.atomic
def say(entry: Entry, text: str, *, by: Person) -> Intention | None:
    """Keep the sentence of an entry as the intention for the next session.

    One for the same session is changed, and stays the same thread; one whose session has begun stays as it was.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    now, starts = timezone.now(), starts_of(by)
    mine: list[Intention] = list(Intention.objects.of(by))
    own = next((one for one in mine if one.entry_id == entry.pk), None)
    open_one = next((one for one in mine if not is_frozen(one.said_at, starts, now)), None)
    if own and is_frozen(own.said_at, starts, now):
        return own
    current = own or open_one
    if current is None:
        return Intention.objects.create(client=by, entry=entry, text=text, said_at=now)
    if current.text != text or current.resting_at:
        current.text, current.entry, current.edited_at, current.resting_at = text, entry, now, None
        current.save(update_fields=["text", "entry", "edited_at", "resting_at"])
    return current


@narrows
@transaction.atomic
def rest(intention_id: UUID, *, by: Person) -> bool:
    """Let a thread rest: from now on it is shown nowhere. Whether there was such a one."""
    mine = Intention.objects.of(by).filter(pk=intention_id, resting_at=None)
    return bool(mine.update(resting_at=timezone.now()))


@narrows
@transaction.atomic
def rest_of(entry: Entry, *, by: Person) -> None:
    """The words were taken out of their entry: they come back nowhere either."""
    Intention.objects.of(by).filter(entry=entry, resting_at=None).update(resting_at=timezone.now())


@either
@transaction.atomic
def take_up(intention_id: UUID, *, by: Person) -> datetime | None:
    """Have a resting thread back. Within a day of a session not when others would read it then: gives when to ask again."""
    one: Intention | None = Intention.objects.of(by).select_for_update(of=("self",)).filter(pk=intention_id).first()
    if one is None or one.resting_at is None:
        return None
    waits = waits_for(by, timezone.now()) if one.entry.share in SHARED else None
    if waits is None:
        one.resting_at = None
        one.save(update_fields=["resting_at"])
    return waits


def intention_of(client: Person, now: datetime, *, after: bool = False) -> Intention | None:
    """The client's own thread: the newest, or with `after` that of the last session. None when there is none or it rests."""
    newest = newest_of(client, now, after=after)
    return newest if newest and newest.resting_at is None else None


def newest_of(client: Person, now: datetime, *, after: bool = False) -> Intention | None:
    """The same, resting or not."""
    mine: Iterable[Intention] = Intention.objects.of(client)[:20]
    if after:
        starts = starts_of(client)
        mine = (one for one in mine if is_frozen(one.said_at, starts, now))
    return next(iter(mine), None)


def then_and_now(record: Record, starts: Iterable[datetime], now: datetime) -> tuple[Intention | None, Intention | None]:
    """That of the last session, and the newest one where it is another, as far as the reader may have them. One query.

    `starts`: when each dosing session began, or is to begin.
    """
    mine = list(Intention.objects.of(record.client).select_related("entry")[:20])
    last = next((one for one in mine if is_frozen(one.said_at, starts, now)), None)
    newest = mine[0] if mine and mine[0] != last else None
    then, ahead = (
        one if one and not one.resting_at and (record.is_own or _is_read_by(record, one)) else None for one in (last, newest)
    )
    return then, ahead


def said_in(entry: Entry) -> Intention | None:
    """The intention of an entry, unless it rests."""
    found: Intention | None = entry.intentions.filter(resting_at=None).first()
    return found


def is_open(intention: Intention, now: datetime) -> bool:
    """Whether it may still be changed."""
    return not is_frozen(intention.said_at, starts_of(intention.client), now)


def starts_of(client: Person) -> list[datetime]:
    """When each dosing session of a client began, or is to begin."""
    rows = Appointment.objects.dosing().filter(client=client, state__in=["booked", "met"])
    return [started or Span.of_range(during).start for during, started in rows.values_list("during", "started_at")]


def _is_read_by(record: Record, intention: Intention) -> bool:
    return record.opens(Part.SHARED_ENTRIES) and intention.entry.share in SHARED
