"""Letters to oneself: sealed until a date, told of on that day in a note that says nothing, opened early after one question."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.spans import local_day
from koru.moments.walltime import instant_of
from koru.people.endings import StepName
from koru.people.models import Person
from koru.people.parting import done_by_client
from koru.reminders.planning import Plan, Recipient, plan, withdraw

from .drafts import Slot, finish
from .later import LetterToSelf

KIND = "letter-to-self"
SLOT = "letter-to-self"
USUALLY = timedelta(days=90)
FURTHEST = timedelta(days=366 * 10)
TOLD_AT = time(10)


class NotAhead(ValueError):
    """The day has to be ahead, and within ten years."""


@neither
@transaction.atomic
def seal_for_later(text: str, opens_on: date, *, by: Person, key: UUID, revision: int = 0) -> LetterToSelf:
    """Seal a letter until a day, and plan the note of that day. The same form twice seals one. Raises NotAhead."""
    today = today_of(by, timezone.now())
    if not today < opens_on <= today + FURTHEST:
        raise NotAhead
    LetterToSelf.objects.bulk_create([LetterToSelf(client=by, text=text, opens_on=opens_on, key=key)], ignore_conflicts=True)
    letter: LetterToSelf = LetterToSelf.objects.get(client=by, key=key)
    finish(Slot(None, SLOT), key, revision, ("", text), by=by)
    done_by_client(StepName.LETTER_TO_SELF, by=by)
    if letter.deleted_at is None and letter.opened_at is None:
        plan([_note(letter, by)])
    return letter


@neither
@transaction.atomic
def open_early(letter: LetterToSelf, *, by: Person) -> LetterToSelf:
    """Read it before its day: the writer's own choice, asked once. The note of that day is not needed any more."""
    current = _own(letter, by)
    if current.opened_at is None:
        current.opened_at = timezone.now()
        current.save(update_fields=["opened_at"])
        withdraw(current.pk, "opened early", [KIND])
    return current


@narrows
@transaction.atomic
def delete_letter(letter: LetterToSelf, *, by: Person) -> None:
    """Let it go, and the note with it. It is removed for good when deleted entries are."""
    current = _own(letter, by)
    current.deleted_at = timezone.now()
    current.save(update_fields=["deleted_at"])
    withdraw(current.pk, "deleted", [KIND])


@transaction.atomic
def purge(now: datetime) -> int:
    """Remove for good what was deleted more than thirty days ago. How many."""
    return int(LetterToSelf.objects.filter(deleted_at__lte=now - timedelta(days=30)).delete()[0])


def words_of(letter: LetterToSelf, now: datetime) -> str:
    """Its words, once its day has come; nothing before, and then they aren't even fetched."""
    return letter.text if letter.is_open_on(today_of(letter.client, now)) else ""


def own_letter(client: Person, sealed_id: UUID) -> LetterToSelf:
    """Raises Http404 for another's, as for none."""
    letter: LetterToSelf | None = LetterToSelf.objects.of(client).select_related("client").filter(pk=sealed_id).first()
    if letter is None:
        raise Http404
    return letter


def today_of(client: Person, now: datetime) -> date:
    return local_day(now, ZoneInfo(client.zone), client.day_starts)


def _own(letter: LetterToSelf, by: Person) -> LetterToSelf:
    found: LetterToSelf | None = LetterToSelf.objects.of(by).select_for_update().filter(pk=letter.pk).first()
    if found is None:
        raise Http404
    return found


def _note(letter: LetterToSelf, to: Person) -> Plan:
    return Plan(
        kind=KIND,
        to=Recipient.of(to),
        about=letter.pk,
        due_at=instant_of(letter.opens_on, TOLD_AT, ZoneInfo(to.zone)),
        context={"path": f"/journal/letters/{letter.pk}/"},
    )
