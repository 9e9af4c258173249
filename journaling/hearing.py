"""The deeds around "I read this": a press by the therapist on the page of the thing itself, and taking it back at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing

from .heard import MOST, Heard
from .held import Passage
from .models import Entry

TAKEN_BACK_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's word that they read something, as a value."""

    id: UUID
    name: str
    at: datetime
    words: str
    is_now: bool

    def may_go(self, now: datetime) -> bool:
        """Whether it can still be taken back."""
        return now < self.at + TAKEN_BACK_WITHIN


class TooLong(ValueError):
    """More than one line of thanks."""


@neither
@transaction.atomic
def say_entry_read(record: Record, entry_id: UUID, words: str = "") -> Heard:
    """To an entry as it is now: once for each of its versions. Raises Http404 when it isn't theirs to read."""
    rows = Entry.objects.readable_in(record).select_for_update(of=("self",), no_key=True)
    entry: Entry | None = rows.filter(pk=entry_id).first()
    if entry is None or record.standing is not Standing.THERAPIST:
        raise Http404
    version = entry.edited_at or entry.made_at
    return _said(record, words, Heard(entry=entry, version=version), entry_id)


@neither
@transaction.atomic
def say_passage_read(record: Record, passage_id: UUID, words: str = "") -> Heard:
    """To a passage, which never changes: once. Raises Http404 when it isn't theirs to read."""
    rows = Passage.objects.readable_in(record).select_for_update(of=("self",), no_key=True)
    passage: Passage | None = rows.filter(pk=passage_id).first()
    if passage is None or record.standing is not Standing.THERAPIST:
        raise Http404
    return _said(record, words, Heard(passage=passage, version=passage.made_at), passage_id)


@neither
@transaction.atomic
def take_back(record: Record, heard_id: UUID) -> tuple[Heard, bool]:
    """One's own word, within a few minutes, as if it had not been said; later it stays. Which, and whether it is gone.

    Raises Http404 when there is none.
    """
    row: Heard | None = Heard.objects.of(record.client).filter(pk=heard_id, by=record.reader).first()
    if row is None:
        raise Http404
    gone = timezone.now() < row.at + TAKEN_BACK_WITHIN
    if gone:
        Heard.objects.of(record.client).filter(pk=heard_id).delete()
        record.looked_at("read taken back", heard_id)
    return row, gone


def about_heard(client: Person, since: datetime) -> "QuerySet[Any, Any]":
    """The newest word to a client since then: who, and of which entry, or the passage's."""
    rows = Heard.objects.of(client).filter(at__gt=since)
    return rows.values_list("by__display_name", "entry_id", "passage__entry_id", "at")[:1]


def said_to(client: Person, most: int) -> list[tuple[Said, UUID]]:
    """The newest words to a client, each with the entry that it stands at. One query."""
    rows = Heard.objects.of(client).select_related("by", "passage")[:most]
    return [(_as_value(row, row.version), row.entry_id or row.passage.entry_id) for row in rows]


def said_of_entry(client: Person, entry: UUID, version: datetime) -> list[Said]:
    """What was said of an entry, newest first; `is_now` of its words as they are."""
    rows = Heard.objects.of(client).filter(entry=entry).select_related("by")
    return [_as_value(row, version) for row in rows]


def said_of_passages(client: Person) -> dict[UUID, list[Said]]:
    """The same by passage: of all of a client's."""
    found: dict[UUID, list[Said]] = {}
    for row in Heard.objects.of(client).filter(passage__isnull=False).select_related("by"):
        found.setdefault(row.passage_id, []).append(_as_value(row, row.version))
    return found


def own_word(
    record: Record, *, entry: UUID | None = None, passage: UUID | None = None, version: datetime | None = None
) -> Said | None:
    """The reader's own newest word to a thing. `version`: that of an entry's words now; a passage has one."""
    rows = Heard.objects.of(record.client).filter(by=record.reader, entry=entry, passage=passage).select_related("by")
    row = rows.first()
    return _as_value(row, version or row.version) if row else None


def version_of(client: Person, entry_id: UUID) -> datetime:
    """Which words of an entry stand now: since when."""
    made, edited = Entry.objects.written_by(client).values_list("made_at", "edited_at").get(pk=entry_id)
    version: datetime = edited or made
    return version


def _said(record: Record, words: str, fresh: Heard, about: UUID) -> Heard:
    """What is there already stands: a second press, or a second tab, says nothing new."""
    fresh.words, fresh.client, fresh.by, fresh.at = " ".join(words.split()), record.client, record.reader, timezone.now()
    if len(fresh.words) > MOST:
        raise TooLong
    there = Heard.objects.of(record.client).filter(
        entry=fresh.entry, passage=fresh.passage, by=record.reader, version=fresh.version
    )
    found: Heard | None = there.first()
    if found is None:
        fresh.save(force_insert=True)
        record.looked_at("read said", about)
    return found or fresh


def _as_value(row: Heard, version: datetime) -> Said:
    return Said(row.pk, row.by.display_name, row.at, row.words, row.version == version)
