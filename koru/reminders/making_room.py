"""Keeping each reader's letters below the ceiling when new ones are planned."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models.functions import Now

from koru.people.models import Person

from .ceilings import WEEK, Counted, dropped
from .kinds import kind, load
from .models import Letter


def make_room(people: Iterable[UUID]) -> None:
    """Withdraw what is over the ceiling. Readers are locked first, so that two deeds can't both find room."""
    readers = sorted(set(people))
    if not readers:
        return
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=readers).order_by("pk").values_list("pk"))
    over = {letter for counted in _counted(readers).values() for letter in dropped(counted)}
    Letter.objects.filter(pk__in=over, handed_at=None, withdrawn_at=None).update(withdrawn_at=Now(), withdrawn_why="ceiling")


def _counted(readers: list[UUID]) -> dict[UUID | None, list[Counted]]:
    """What counts for each of them, from a week ago on."""
    counting = [one.name for one in load().values() if one.ceiling]
    rows = Letter.objects.filter(
        to__in=readers, kind__in=counting, withdrawn_at=None, failed_at=None, due_at__gt=Now() - timedelta(days=WEEK + 1)
    )
    letters: dict[UUID | None, list[Counted]] = defaultdict(list)
    for row in rows.only("to", "kind", "zone", "due_at", "handed_at"):
        day = row.due_at.astimezone(ZoneInfo(row.zone)).date()
        letters[row.to_id].append(Counted(row.pk, day, kind(row.kind).priority, row.handed_at is not None))
    return letters
