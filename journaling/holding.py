""" "I'd rather raise it myself": the therapist learns that there is something to make room for, and nothing of what."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from scheduling.resting import waits_for

from .held import Raised
from .models import Entry


@widens
@transaction.atomic
def hold(entry: Entry | None, *, by: Person) -> Raised:
    """Let it be known that there is something, about a private entry or nothing written. Said twice it is one.

    Within a day of a dosing session it waits as a wish: said again after that day, it counts.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if entry is not None:
        entry = Entry.objects.get(pk=entry.pk, client=by, deleted_at=None)
    waits = waits_for(by, timezone.now())
    raised: Raised | None = Raised.objects.filter(client=by, entry=entry, ended_at=None).first()
    if raised is None:
        return Raised.objects.create(client=by, entry=entry, made_at=timezone.now(), ask_at=waits)
    if raised.ask_at is not None:
        raised.ask_at = waits
        raised.save(update_fields=["ask_at"])
    return raised


@narrows
@transaction.atomic
def let_go(raised_id: UUID, *, by: Person) -> bool:
    """It has been said, or need not be. The mark is gone from the therapist's page at once. Whether there was one."""
    mine = Raised.objects.filter(client=by, pk=raised_id, ended_at=None)
    return bool(mine.update(ended_at=timezone.now()))


def something_to_make_room_for(record: Record) -> bool:
    """All that a brief may know of it. Not what, not how many, not since when."""
    if not record.opens(Part.SHARED_ENTRIES):
        return False
    return bool(Raised.objects.of(record.client).told().exists())


def raised_about(entry: Entry) -> Raised | None:
    """The mark on one's own entry, if it stands."""
    mark: Raised | None = Raised.objects.of(entry.client).filter(entry=entry).first()
    return mark


def standing(client: Person) -> list[Raised]:
    """All of one's own marks that stand."""
    return list(Raised.objects.of(client).select_related("entry"))


def wishes_due(client: Person, now: datetime) -> list[Raised]:
    """Marks to ask about again, now that the day has passed."""
    return list(Raised.objects.of(client).filter(ask_at__lte=now).select_related("entry"))
