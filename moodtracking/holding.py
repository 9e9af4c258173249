""" "I'd rather raise it myself", said of a check-in: nobody else sees it, and a brief says that there is something.

Its flags stay: what may need somebody at once is never held back (clinical.md 10.1).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from scheduling.resting import waits_for

from .models import CheckIn


@narrows
@transaction.atomic
def hold(check_in_id: UUID, *, by: Person) -> bool:
    """Out of every reading but the client's own, at once. Whether there is such a check-in; twice is once.

    How somebody is after a session is always seen by the care team, as its page says: it isn't held.
    """
    mine = CheckIn.objects.written_by(by).kept().daily().filter(pk=check_in_id)
    mine.filter(held_at=None).update(held_at=timezone.now())
    return mine.exists()


@narrows
@transaction.atomic
def said(check_in_id: UUID, *, by: Person) -> bool:
    """It has been raised, or need not be: the brief says nothing any more, and the check-in stays the client's own."""
    mine = CheckIn.objects.written_by(by).kept().held().filter(pk=check_in_id)
    return bool(mine.update(raised_at=timezone.now()))


@widens
@transaction.atomic
def let_be_seen(check_in_id: UUID, *, by: Person) -> datetime | None:
    """Seen like any other again. Within a day of a dosing session nothing changes: from when on it can be decided."""
    waits = waits_for(by, timezone.now())
    if waits is None:
        CheckIn.objects.written_by(by).filter(pk=check_in_id).update(held_at=None, raised_at=None)
    return waits


def something_to_make_room_for(record: Record) -> bool:
    """All that a brief may know of it. Not what, not how many, not since when."""
    if not record.opens(Part.CHECK_INS):
        return False
    return CheckIn.objects.written_by(record.client).kept().held().filter(raised_at=None).exists()


def held_by(client: Person) -> list[CheckIn]:
    """What a client holds back, the newest first. One query."""
    return list(CheckIn.objects.written_by(client).kept().held().only("id", "at", "zone", "held_at", "raised_at"))
