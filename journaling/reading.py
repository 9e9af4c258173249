"""What is read of a journal: by its writer, and through the door by those it is shared with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.looks import looks_at
from koru.sealing.fields import SealedTextField, sealed_column, shown, shown_blob

from . import library
from .attachments.beside import Beside, beside, told
from .attachments.reading import kinds_of
from .models import Entry
from .querysets import EntryQuerySet
from .sharing import BRING, SHARED

MOST_PINNED = 5
EXCERPT = 200
LOOKS_READ, LOOKS_TOLD = 100, 10
COLUMNS = ("id", "at", "share", "prompt", "title", "text", "zone", "asked")


@dataclass(frozen=True, slots=True)
class Part:
    """What was written at one step of a guide, and to what."""

    asked: str
    text: str
    pk: UUID


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as a value: `asked` are the prompt's words, `heading` what to call it. `text` is all of its `parts`.

    `beside` names what goes with it, `things` are the same to be opened by a reader.
    """

    id: UUID
    at: datetime
    share: str
    title: str
    asked: str
    text: str
    zone: str
    parts: tuple[Part, ...] = ()
    beside: tuple[str, ...] = ()
    things: tuple[Beside, ...] = ()

    @property
    def heading(self) -> str:
        return self.title or self.asked or ("" if self.text else "".join(self.beside[:1]))

    @property
    def is_shared(self) -> bool:
        return self.share in SHARED

    @property
    def is_brought(self) -> bool:
        return self.share == BRING


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody else opened an entry."""

    name: str
    at: datetime


def entry_in(record: Record, entry_id: UUID) -> EntryView:
    """One whole entry for the record's reader; leaves its trace. Raises Http404 when it isn't theirs to read."""
    entry = Entry.objects.readable_in(record).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    record.looked_at("entry", entry_id)
    parts = tuple(Part(part.asked, part.text, part.pk) for part in entry.parts.all())
    return EntryView(entry.pk, entry.at, entry.share, entry.title, entry.asked, entry.text, entry.zone, parts)


def pinned(record: Record) -> list[EntryView]:
    """What the client brings to the session: the newest five, cut to what a brief shows."""
    return list(_views(record, Entry.objects.readable_in(record).brought()[:MOST_PINNED], EXCERPT))


def shared(record: Record, span: Span) -> list[EntryView]:
    """What the record's reader may read of a span, newest first, cut to what a list shows."""
    return list(_views(record, Entry.objects.readable_in(record).within(span), EXCERPT))


def own(entries: Iterable[Entry]) -> list[EntryView]:
    """A page of one's own entries, cut to what a list shows, with the names of what goes with each."""
    rows = list(entries)
    beside = kinds_of(row.pk for row in rows)
    return [
        EntryView(
            id=row.pk,
            at=row.at,
            share=row.share,
            title=shown(row, "title"),
            asked=asked_words(row.prompt) or shown(row, "asked"),
            text=excerpt(shown(row, "text"), EXCERPT),
            zone=row.zone,
            beside=tuple(beside.get(row.pk, ())),
        )
        for row in rows
    ]


def excerpt(text: str, length: int) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text[: length * 2].split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip() + " …"


def asked_words(slug: str) -> str:
    """The words of a prompt of the library. They are fixed: a changed sentence is a new slug."""
    prompt = library.load().prompts.get(slug)
    return prompt.text if prompt else ""


def looks_at_entry(client: Person, entry_id: UUID) -> list[Look]:
    """Who else opened an entry or what goes with it, and when, newest first: a player's many requests are one look."""
    rows = looks_at(client).filter(act="entry", about=str(entry_id))[:LOOKS_READ]
    looks = {(row.actor_id, row.at.replace(second=0, microsecond=0)): Look(row.actor.display_name, row.at) for row in rows}
    return list(looks.values())[:LOOKS_TOLD]


def _views(record: Record, rows: EntryQuerySet, length: int) -> Iterator[EntryView]:
    return views_from(rows.values_list(*COLUMNS, beside(record)), record.client.pk, length)


def views_from(rows: Iterable[Any], owner: UUID, length: int = 0) -> Iterator[EntryView]:
    """Entries by their `COLUMNS`, and what goes with them if asked. Cut to a length; with none no text is opened."""
    title, text, question = sealed("title"), sealed("text"), sealed("asked")
    for row_id, at, share, prompt, title_blob, text_blob, zone, asked_blob, *column in rows:
        words = shown_blob(bytes(text_blob), text.place_of(row_id, owner)) if length else ""
        named = shown_blob(bytes(title_blob), title.place_of(row_id, owner))
        asked = asked_words(prompt) or shown_blob(bytes(asked_blob), question.place_of(row_id, owner))
        things = told(*column) if column else ()
        labels = tuple(one.label for one in things)
        yield EntryView(row_id, at, share, named, asked, excerpt(words, length), zone, (), labels, things)


def sealed(name: str) -> SealedTextField:
    return sealed_column(Entry, name)
