"""The gap, together: the therapist guesses before seeing, or says that they look without. Until then neither sees the other's.

A stored guess never changes; the database holds that (migration 0002).
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.privacy.door import Record

from .lines import kept
from .models import ConnectionCheckIn, Guess


class NothingGuessed(ValueError):
    """No line was set. To look without guessing is a press of its own."""


@neither
@transaction.atomic
def guess(record: Record, check_in_id: UUID, answers: Mapping[str, int | None]) -> Guess:
    """Store what the record's reader guesses. One that is there already stands, from whichever tab.

    Raises NothingGuessed, ValueError for what is no answer, and Http404 when it isn't shared with them (any more).
    """
    told = kept(answers)
    if not told:
        raise NothingGuessed
    return _stored(record, check_in_id, told, "connection guessed")


@neither
@transaction.atomic
def show_without(record: Record, check_in_id: UUID) -> Guess:
    """Look without guessing: recorded too. A guess that is there already stands. Raises Http404 as `guess`."""
    return _stored(record, check_in_id, {}, "connection shown")


def _stored(record: Record, check_in_id: UUID, told: dict[str, int], act: str) -> Guess:
    """The row is held, so that taking it back comes wholly before or wholly after."""
    rows = ConnectionCheckIn.objects.readable_in(record).select_for_update(of=("self",))
    check_in = None if record.is_own else rows.filter(pk=check_in_id).first()
    if check_in is None:
        raise Http404
    fresh = Guess(
        check_in=check_in,
        client=record.client,
        therapist=record.reader,
        answers=told or None,
        without=not told,
        at=timezone.now(),
    )
    found = Guess.objects.filter(client=record.client, pk=check_in.pk)
    if not found.exists():
        fresh.save(force_insert=True)
        record.looked_at(act, check_in.pk)
    return found.get()
