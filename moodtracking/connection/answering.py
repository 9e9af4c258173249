"""The deeds of a client with a connection check-in: answer it once, share it or not, take it back at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import either, narrows, widens
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.planning import withdraw
from scheduling.models import Appointment
from scheduling.reminders import ANSWERED, CONNECTION
from scheduling.resting import waits_for

from . import drafting
from .lines import kept
from .models import ConnectionCheckIn


class AnsweredBefore(ValueError):
    """There is one about this meeting already; it stays as it is."""

    def __init__(self, row: ConnectionCheckIn) -> None:
        super().__init__(str(row.pk))
        self.row = row


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a meeting: a skipped line is None or absent. `shares`: the therapist may read it."""

    answers: Mapping[str, int | None]
    words: str = ""
    shares: bool = False
    with_words: bool = False


@either
@transaction.atomic
def answer(meeting: Appointment, told: Told, *, key: UUID, by: Person) -> ConnectionCheckIn:
    """Keep it, shared or not. The same form twice is once. Within a day of a dosing session sharing waits as a wish.

    Raises AnsweredBefore when another form came first, ValueError for what is no answer.
    """
    now = timezone.now()
    waits = waits_for(by, now) if told.shares else None
    fresh = ConnectionCheckIn(
        client=by, appointment=meeting, therapist_id=meeting.therapist_id, answers=kept(told.answers), words=told.words,
        with_words=told.with_words, shared_at=now if told.shares and waits is None else None, ask_at=waits, at=now,
        zone=by.zone, local_date=local_day(now, ZoneInfo(by.zone), by.day_starts), key=key,
    )  # fmt: skip
    ConnectionCheckIn.objects.bulk_create([fresh], ignore_conflicts=True)
    row: ConnectionCheckIn = ConnectionCheckIn.objects.of(by).get(appointment=meeting)
    if row.key != key:
        raise AnsweredBefore(row)
    drafting.let_go(meeting.pk, by=by)
    withdraw(meeting.pk, ANSWERED, [CONNECTION])
    return row


@widens
@transaction.atomic
def share(check_in_id: UUID, *, by: Person, with_words: bool) -> datetime | None:
    """Let the therapist it is about read it, with the words or without. Twice is once.

    Within a day of a dosing session it is kept as a wish: from when on it can be decided. Then nothing is shared.
    """
    row = _own(check_in_id, by)
    if row.is_shared and row.with_words >= with_words:
        return None
    waits = waits_for(by, timezone.now())
    if waits and row.is_shared:
        return waits
    row.ask_at, row.with_words = waits, with_words
    if waits is None:
        row.shared_at, row.taken_back_at = row.shared_at or timezone.now(), None
    row.save(update_fields=["ask_at", "with_words", "shared_at", "taken_back_at"])
    return waits


@narrows
@transaction.atomic
def take_back(check_in_id: UUID, *, by: Person) -> ConnectionCheckIn:
    """From the next request on nobody else reads it; a wish to share it goes too. That it was opened stays on the list."""
    row = _own(check_in_id, by)
    row.taken_back_at = timezone.now() if row.is_shared else row.taken_back_at
    row.shared_at = row.ask_at = None
    row.save(update_fields=["shared_at", "taken_back_at", "ask_at"])
    return row


@narrows
@transaction.atomic
def keep_words(check_in_id: UUID, *, by: Person) -> ConnectionCheckIn:
    """The words stay with the client, whatever becomes of the lines."""
    row = _own(check_in_id, by)
    row.with_words = False
    row.save(update_fields=["with_words"])
    return row


def _own(check_in_id: UUID, by: Person) -> ConnectionCheckIn:
    """The row, held. Raises Http404."""
    row: ConnectionCheckIn | None = (
        ConnectionCheckIn.objects.of(by).select_for_update(of=("self",)).filter(pk=check_in_id).first()
    )
    if row is None:
        raise Http404
    return row
