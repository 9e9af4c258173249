"""Looking through one's own entries: the server opens them newest first, a stretch at a time, and says how far it came."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.sealing.fields import shown_blob

from .attachments.reading import Described, described
from .finding import Piece, holds, snippet, words_of
from .found import Search, Tag, Tagging
from .models import Entry
from .reading import asked_words, sealed

AT_ONCE = 100
HITS = 20
PATIENCE = 0.5
MOST = 5_000
KEPT = timedelta(days=1)
COLUMNS = ("id", "at", "zone", "share", "prompt", "title", "text", "asked")


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that holds what was looked for, and the words where they stand."""

    id: UUID
    at: datetime
    zone: str
    heading: str
    pieces: tuple[Piece, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the search. `further` is the entry to go on behind; None when all was looked at."""

    hits: list[Hit]
    looked: int
    back_to: datetime | None
    back_zone: str
    further: UUID | None

    @property
    def is_full(self) -> bool:
        """A page of hits: the next stretch is looked at when it is asked for."""
        return len(self.hits) >= HITS


@neither
@transaction.atomic
def look_for(words: str, *, by: Person) -> Search:
    """Keep what is looked for, sealed, so that the address of its page says nothing. Those of yesterday go."""
    Search.objects.filter(client=by, at__lte=timezone.now() - KEPT).delete()
    again = (one for one in Search.objects.filter(client=by) if one.words == words)
    return next(again, None) or Search.objects.create(client=by, words=words)


def found_by(search: Search, behind: UUID | None = None, patience: float = PATIENCE) -> Found:
    """Look through the next stretch: until a page of hits, or some time, is full."""
    owner, words = search.client_id, words_of(search.words)
    tags, things = _tags_holding(owner, words), described(search.client)
    began, hits, looked, last = time.monotonic(), list[Hit](), 0, None
    for row in _rows(search.client, behind):
        looked, last = looked + 1, row
        hit = _hit(row, owner, words, tags.get(row[0], ()), things.get(row[0], ()))
        if hit:
            hits.append(hit)
        if len(hits) >= HITS or looked >= MOST or time.monotonic() - began > patience:
            return Found(hits, looked, last[1], last[2], last[0])
    return Found(hits, looked, last[1] if last else None, last[2] if last else "", None)


def _rows(client: Person, behind: UUID | None) -> Iterator[Any]:
    """Entries newest first, a hundred at a time, from behind one of them."""
    mine = Entry.objects.written_by(client)
    edge = mine.filter(pk=behind).values_list("at", "id").first() if behind else None
    while True:
        older = mine.filter(Q(at__lt=edge[0]) | Q(at=edge[0], id__lt=edge[1])) if edge else mine
        rows = list(older.values_list(*COLUMNS)[:AT_ONCE])
        yield from rows
        if len(rows) < AT_ONCE:
            return
        edge = (rows[-1][1], rows[-1][0])


def _hit(row: Any, owner: UUID, words: tuple[str, ...], tags: tuple[str, ...], things: tuple[Described, ...]) -> Hit | None:
    """What goes with an entry is found by its description, and an entry without words is called by what it is."""
    entry, at, zone, _, prompt, title_blob, text_blob, asked_blob = row
    title, text = _opened("title", title_blob, entry, owner), _opened("text", text_blob, entry, owner)
    asked = asked_words(prompt) or _opened("asked", asked_blob, entry, owner)
    said = (text, *(one.words for one in things))
    if not holds((title, asked, *said, *tags), words):
        return None
    kind = things[0].label if things and not text else ""
    return Hit(entry, at, zone, title or asked or kind, snippet(_holding(said, words), words), tags)


def _holding(said: tuple[str, ...], words: tuple[str, ...]) -> str:
    """The first of these that holds one of the words, else the first that says anything."""
    found = (one for one in said if any(holds((one,), (word,)) for word in words))
    return next(found, next(filter(None, said), ""))


def _opened(name: str, blob: bytes, entry: UUID, owner: UUID) -> str:
    return shown_blob(bytes(blob), sealed(name).place_of(entry, owner)) if blob else ""


def _tags_holding(owner: UUID, words: tuple[str, ...]) -> dict[UUID, tuple[str, ...]]:
    """By entry, the tags that hold one of the words. Two questions, however many entries."""
    said = {tag.pk: tag.word for tag in Tag.objects.filter(client=owner)}
    meant = {pk: word for pk, word in said.items() if any(holds((word,), (one,)) for one in words)}
    carried: dict[UUID, tuple[str, ...]] = {}
    for entry, tag in Tagging.objects.filter(tag__in=meant).values_list("entry", "tag"):
        carried[entry] = (*carried.get(entry, ()), meant[tag])
    return carried
