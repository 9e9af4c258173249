"""Taking one's own words along, and bringing them back: what is missing is added, nothing ever comes twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from koru.moments.directions import neither
from koru.people.models import Person
from koru.sealing.keyring import keyring

from . import library
from .models import Entry
from .reading import asked_words
from .sharing import ONLY_ME

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Range:
    """Days of writing, both ends included. `shared_only`: without what only the writer reads."""

    since: date
    until: date
    shared_only: bool = False
    questions: bool = True


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry on its way out or in. `key` is what makes it the same entry wherever it goes."""

    key: UUID
    at: datetime
    zone: str
    day: date
    title: str
    asked: str
    text: str
    prompt: str = ""

    @property
    def heading(self) -> str:
        return self.title or self.asked


@dataclass(frozen=True, slots=True)
class Taken:
    """What bringing back did: how many entries were added, and how many had been there."""

    added: int
    there: int


def in_range(client: Person, wanted: Range) -> list[UUID]:
    """Ids of one's own entries of those days, the oldest first."""
    mine = Entry.objects.written_by(client).filter(local_date__range=(wanted.since, wanted.until))
    chosen = mine.exclude(share=ONLY_ME) if wanted.shared_only else mine
    return list(chosen.order_by("at", "id").values_list("pk", flat=True))


def carried(client: Person, ids: Sequence[UUID], *, questions: bool = True) -> Iterator[Carried]:
    """The entries themselves, a few opened at a time: memory stays the same, however many there are."""
    for start in range(0, len(ids), AT_ONCE):
        yield from _opened(client, ids[start : start + AT_ONCE], questions)


def _opened(client: Person, ids: Sequence[UUID], questions: bool) -> list[Carried]:
    """Inside a keyring of its own: it may be read while the answer is on its way already."""
    with keyring():
        rows = Entry.objects.written_by(client).filter(pk__in=ids).order_by("at", "id")
        return [_carried(row, questions) for row in rows]


def _carried(row: Entry, questions: bool) -> Carried:
    asked = (asked_words(row.prompt) or row.asked) if questions else ""
    return Carried(row.key, row.at, row.zone, row.local_date, row.title, asked, row.text, row.prompt)


@neither
@transaction.atomic
def take_in(entries: Sequence[Carried], *, by: Person) -> Taken:
    """Bring back what is missing. All of it is for the writer alone, and what is there stays as it is, also if deleted."""
    there = set(Entry.objects.filter(client=by, key__in=[one.key for one in entries]).values_list("key", flat=True))
    missing = {one.key: one for one in entries if one.key not in there}
    Entry.objects.bulk_create((_entry(one, by) for one in missing.values()), batch_size=AT_ONCE, ignore_conflicts=True)
    return Taken(len(missing), len(entries) - len(missing))


def _entry(one: Carried, by: Person) -> Entry:
    fields: dict[str, Any] = {"at": one.at, "zone": one.zone, "local_date": one.day, "key": one.key}
    prompt = one.prompt if one.prompt in library.load().prompts else ""
    return Entry(client=by, title=one.title, text=one.text, asked=one.asked, prompt=prompt, share=ONLY_ME, **fields)
