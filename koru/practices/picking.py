"""A therapist picks a practice for a client, with their own sentence and a moment; either may end it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing

from . import library
from .models import PracticePick

AT_ONCE = 3


class CannotPick(ValueError):
    """The words say why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A practice by its slug, the therapist's own sentence, and the moment they have in mind."""

    practice: str
    sentence: str
    moment: str = PracticePick.Moment.ANY


@neither
@transaction.atomic
def pick(choice: Choice, *, record: Record, key: UUID, by: Person) -> PracticePick:
    """Pick it: at its moment it stands first, with name and sentence. The same key twice is one. Raises CannotPick."""
    _therapist(record, by)
    if choice.practice not in library.load().practices:
        raise CannotPick("Pick one of the practices shown.")
    Person.objects.select_for_update(no_key=True).get(pk=record.client.pk)
    before: PracticePick | None = PracticePick.objects.of(record.client).filter(key=key).first()
    if before:
        return before
    standing = PracticePick.objects.of(record.client).open()
    if standing.filter(practice=choice.practice).exists():
        raise CannotPick("This one is picked already.")
    if standing.count() >= AT_ONCE:
        raise CannotPick("Three are picked already. Take one back first.")
    values = {"practice": choice.practice, "sentence": choice.sentence, "moment": choice.moment}
    return PracticePick.objects.create(client=record.client, picked_by=by, key=key, **values)


@narrows
@transaction.atomic
def take_back(pick_id: UUID, *, record: Record, by: Person) -> bool:
    """Not recommended any more. Whether there was something to take back."""
    _therapist(record, by)
    rows = PracticePick.objects.of(record.client).open().filter(pk=pick_id).order_by()
    return bool(rows.update(ended_at=timezone.now()))


def _therapist(record: Record, by: Person) -> None:
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise CannotPick("Practices are picked by the therapist.")
