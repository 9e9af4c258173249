"""A practice was done; whether it helped is said by one tap, and can be said otherwise later."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .library import Practice
from .models import PracticeAside, PracticeDone


@neither
@transaction.atomic
def done(practice: Practice, helped: str, *, by: Person, key: UUID) -> PracticeDone:
    """Note that it was done, and what was said of it ("" for nothing). The same key twice is one.

    Who comes to a practice that they had set aside has it back.
    """
    fresh = PracticeDone(client=by, practice=practice.slug, at=timezone.now(), minutes=practice.minutes, helped=helped, key=key)
    PracticeDone.objects.bulk_create([fresh], ignore_conflicts=True)
    PracticeAside.objects.of(by).filter(practice=practice.slug).delete()
    kept: PracticeDone = PracticeDone.objects.of(by).get(key=key)
    return kept


@neither
def say(done_id: UUID, helped: str, *, by: Person) -> PracticeDone | None:
    """Whether it helped after all. None when there is no such practice of theirs."""
    if not PracticeDone.objects.of(by).filter(pk=done_id).update(helped=helped):
        return None
    kept: PracticeDone = PracticeDone.objects.of(by).get(pk=done_id)
    return kept


@narrows
def remove(done_id: UUID, *, by: Person) -> bool:
    """As if it had not been noted. Whether there was something of theirs to remove."""
    return bool(PracticeDone.objects.of(by).filter(pk=done_id).delete()[0])
