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
    notes = [note for by_key in _notes_of(readers).values() for note in by_key.values()]
    over = _over(notes)
    crowded = [row.pk for note in notes if note[0].pk in over for row in note]
    Letter.objects.filter(pk__in=crowded, handed_at=None, withdrawn_at=None).update(withdrawn_at=Now(), withdrawn_why="ceiling")


def _over(notes: Iterable[list[Letter]]) -> frozenset[UUID]:
    """Of each note that is too many, its first letter."""
    counted: dict[UUID | None, list[Counted]] = defaultdict(list)
    for note in notes:
        first = note[0]
        day = first.due_at.astimezone(ZoneInfo(first.zone)).date()
        gone = any(row.handed_at for row in note)
        counted[first.to_id].append(Counted(first.pk, day, kind(first.kind).priority, gone))
    return frozenset(letter for of_one in counted.values() for letter in dropped(of_one))


def _notes_of(readers: list[UUID]) -> dict[UUID | None, dict[str, list[Letter]]]:
    """What counts for each of them, from a week ago on: a note by several channels counts once."""
    counting = [one.name for one in load().values() if one.ceiling]
    rows = Letter.objects.filter(
        to__in=readers,
        kind__in=counting,
        put_off=False,
        withdrawn_at=None,
        failed_at=None,
        due_at__gt=Now() - timedelta(days=WEEK + 1),
    )
    notes: dict[UUID | None, dict[str, list[Letter]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.only("to", "kind", "zone", "due_at", "handed_at", "dedupe_key").order_by("pk"):
        notes[row.to_id][row.stem].append(row)
    return notes
