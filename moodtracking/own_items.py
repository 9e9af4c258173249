"""Questions in words of their own: proposed by a client or their therapist, asked once the other agrees, retired by either.

`record` is the client's, opened by whoever acts: the client themselves or their therapist.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import either, narrows, widens
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing
from koru.ui.times import spoken_instant
from scheduling.resting import waits_for

from .load import check_another_item
from .models import OwnItem


class CannotPropose(ValueError):
    """The words say why."""


class CanWait(CannotPropose):
    """Within a day of a dosing session nothing more is agreed to. `until` is when it opens again."""

    def __init__(self, until: datetime, zone: str) -> None:
        when = spoken_instant(until, ZoneInfo(zone))
        super().__init__(f"After a session there is no hurry. This can be decided from {when}. Nothing more is asked until then.")
        self.until = until


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and the kind of its answers."""

    words: str
    scale: str


@either
@transaction.atomic
def propose(proposal: Proposal, *, record: Record, key: UUID, by: Person) -> OwnItem:
    """Suggest a question; it isn't asked until the other agrees. The same key twice is one proposal.

    Raises CannotPropose when five stand already, CanWait within a day of a session when the client proposes.
    """
    _acts(record, by)
    if record.is_own:
        _waits(record.client)
    Person.objects.select_for_update(no_key=True).get(pk=record.client.pk)  # two proposals at once take two places
    before = OwnItem.objects.of(record.client).filter(key=key).first()
    if before:
        return before
    live = OwnItem.objects.of(record.client).live()
    if any(one.words.casefold() == proposal.words.casefold() for one in live):
        raise CannotPropose("This question is there already.")
    free = set(range(1, OwnItem.PLACES + 1)) - {one.place for one in live}
    if not free:
        raise CannotPropose("Five stand already. Retire one first; its history stays.")
    return OwnItem.objects.create(
        client=record.client, words=proposal.words, scale=proposal.scale, place=min(free), proposed_by=by, key=key
    )


@widens
@transaction.atomic
def agree(item_id: UUID, *, record: Record, by: Person) -> OwnItem | None:
    """Say yes to what the other proposed: it is asked from now on. None when there is nothing of that kind to agree to.

    Raises CanWait within a day of a session, TooMuch when a week would ask for more than the most.
    """
    _acts(record, by)
    waiting = OwnItem.objects.of(record.client).live().select_for_update().filter(pk=item_id, agreed_at=None).first()
    if waiting is None or waiting.is_clients == record.is_own:
        return None
    _waits(record.client)
    check_another_item(record.client)
    waiting.agreed_by, waiting.agreed_at = by, timezone.now()
    waiting.save(update_fields=["agreed_by", "agreed_at"])
    return waiting


@narrows
@transaction.atomic
def retire(item_id: UUID, *, record: Record, by: Person) -> bool:
    """Stop asking, or take a proposal off the table; what was answered stays. Whether there was something to retire."""
    _acts(record, by)
    live = OwnItem.objects.of(record.client).live().filter(pk=item_id)
    return bool(live.update(retired_at=timezone.now(), retired_by=by))


def _acts(record: Record, by: Person) -> None:
    if record.reader != by or record.standing not in (Standing.OWN, Standing.THERAPIST):
        raise CannotPropose("What is asked is agreed between client and therapist.")


def _waits(client: Person) -> None:
    until = waits_for(client, timezone.now())
    if until:
        raise CanWait(until, client.zone)
