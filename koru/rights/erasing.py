"""A client wants to be erased: asked for, waited for, taken back; and what the clinic may set against it."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.models import Erasure, LegalHold

from . import letters

DESK = "desk"


class NotAnyMore(Exception):
    """It has begun: nothing can be taken back or held by now."""


@narrows
@transaction.atomic
def ask_to_be_erased(*, by: Person) -> Erasure:
    """Begin the wait. Asked twice it is the same wish, and its day doesn't move."""
    held = _held(by.pk)
    stands: Erasure | None = Erasure.objects.open().filter(client=held).first()
    if stands:
        return stands
    due = timezone.now() + timedelta(days=the_clinic().erase_after_days)
    erasure = Erasure.objects.create(client=held, due_at=due)
    letters.say_it_was_asked(erasure)
    return erasure


# Keeping what is there is no decision that a day after a session should have to wait for.
@neither
@transaction.atomic
def take_back(*, by: Person) -> bool:
    """Stay after all, at any time of the wait. Whether there was a wish. Raises NotAnyMore once it has begun."""
    held = _held(by.pk)
    stands: Erasure | None = Erasure.objects.open().filter(client=held).first()
    if stands is None:
        return False
    if stands.begun_at:
        raise NotAnyMore
    stands.taken_back_at = timezone.now()
    stands.save(update_fields=["taken_back_at"])
    letters.take_back_what_was_planned(stands, "taken back")
    return True


@neither
@transaction.atomic
def hold(client: Person, reason: str, *, by: Person) -> LegalHold:
    """Nothing of theirs is erased until it is lifted; why is told to them. Twice is once. Raises NotAnyMore, Http404."""
    with open_record(client, by=by, why=DESK, to_change=True) as record:
        held = _held(client.pk)
        stands: LegalHold | None = LegalHold.objects.in_force().filter(client=held).first()
        if stands:
            return stands
        wish: Erasure | None = Erasure.objects.open().filter(client=held).first()
        if wish and wish.begun_at:
            raise NotAnyMore
        made: LegalHold = LegalHold.objects.create(client=held, reason=reason, by=by)
        if wish:
            letters.take_back_what_was_planned(wish, "held")
            letters.say_it_is_held(made, held)
        record.looked_at("erasing held up", made.pk)
    return made


@neither
@transaction.atomic
def lift(client: Person, *, by: Person) -> bool:
    """What was asked for goes on; never sooner than a day from now, so that it can still be taken back. Whether one stood."""
    with open_record(client, by=by, why=DESK, to_change=True) as record:
        held = _held(client.pk)
        now = timezone.now()
        lifted = LegalHold.objects.in_force().filter(client=held).update(lifted_at=now, lifted_by=by)
        wish: Erasure | None = Erasure.objects.open().filter(client=held, begun_at=None).first()
        if lifted and wish:
            wish.due_at = max(wish.due_at, now + 2 * letters.A_DAY)
            wish.save(update_fields=["due_at"])
            letters.say_it_is_soon(wish)
        if lifted:
            record.looked_at("erasing no longer held up")
    return bool(lifted)


def wish_of(client: Person) -> Erasure | None:
    found: Erasure | None = Erasure.objects.open().filter(client=client).first()
    return found


def hold_on(client: Person) -> LegalHold | None:
    found: LegalHold | None = LegalHold.objects.in_force().filter(client=client).first()
    return found


def _held(client: UUID) -> Person:
    """One deed at a time about one client: wishing, holding and erasing wait for each other."""
    person: Person = Person.objects.select_for_update(no_key=True).get(pk=client)
    return person
