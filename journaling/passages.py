"""A part of an entry for the therapist: marked, shared, taken back. What is given is a copy of the words as they were."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.asking import Asked
from koru.privacy.door import Record
from koru.sealing.fields import SealedTextField, shown_blob
from scheduling.resting import waits_for

from .held import Passage
from .models import Entry
from .reading import excerpt

MOST_PINNED = 5
SHOWN = 200
MARKS = frozenset({"words", "bring"})


class NotInTheEntry(ValueError):
    """These words don't stand in the entry as it is now."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to choose; `name` holds only for these words at this place."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """Marked words as a value. Nothing of the entry around them, not even its title."""

    id: UUID
    at: datetime
    text: str


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """What there is to choose from. Pure."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n") if part.strip()]
    return tuple(Paragraph(f"{place}-{_print_of(part)}", part) for place, part in enumerate(parts))


def chosen(text: str, names: Iterable[str], words: str = "") -> str:
    """The passage that was marked: words picked as they stand, or whole paragraphs. Pure. Raises NotInTheEntry."""
    if words.strip():
        if _on_one_line(words) not in _on_one_line(text):
            raise NotInTheEntry
        return words.strip()
    there, wanted = {one.name: one.text for one in paragraphs(text)}, set(names)
    if not wanted or wanted - there.keys():
        raise NotInTheEntry
    return "\n\n".join(words for name, words in there.items() if name in wanted)


@widens
@transaction.atomic
def mark(entry: Entry, text: str, *, key: UUID, by: Person) -> Passage:
    """Give these words of an entry. The same form twice gives them once. Within a day of a session they wait as a wish."""
    Entry.objects.select_for_update().get(pk=entry.pk, client=by, deleted_at=None)
    now = timezone.now()
    waits = waits_for(by, now)
    fresh = Passage(client=by, entry=entry, text=text, key=key, made_at=now, ask_at=waits, shared_at=None if waits else now)
    Passage.objects.bulk_create([fresh], ignore_conflicts=True)
    kept: Passage = Passage.objects.get(client=by, key=key)
    return kept


@widens
@transaction.atomic
def give(passage_id: UUID, *, by: Person) -> Passage:
    """A wish to give it, said again when its day has passed; until then it goes on waiting."""
    passage = _own(passage_id, by)
    if passage.shared_at or passage.taken_back_at:
        return passage
    waits = waits_for(by, timezone.now())
    passage.ask_at = waits
    passage.shared_at = None if waits else timezone.now()
    passage.save(update_fields=["ask_at", "shared_at"])
    return passage


@narrows
@transaction.atomic
def take_back(passage_id: UUID, *, by: Person) -> Passage:
    """From now on nobody else can read it. That it was given, and when, stays in its history."""
    passage = _own(passage_id, by)
    if passage.taken_back_at is None:
        passage.taken_back_at = timezone.now()
        passage.save(update_fields=["taken_back_at"])
    return passage


def wishes_due(client: Person, now: datetime) -> list[Passage]:
    """Passages to ask about again, now that the day has passed."""
    mine = Passage.objects.of(client).filter(shared_at=None, taken_back_at=None, ask_at__lte=now)
    return list(mine.select_related("entry"))


def passage_in(record: Record, passage_id: UUID) -> PassageView:
    """One passage for the record's reader; leaves its trace. Raises Http404 when it isn't theirs to read."""
    passage = Passage.objects.readable_in(record).filter(pk=passage_id).first()
    if passage is None:
        raise Http404
    record.looked_at("passage", passage_id)
    return PassageView(passage.pk, passage.shared_at, passage.text)


def brought_passages(record: Record) -> list[PassageView]:
    """What the brief shows: the newest five, cut."""
    rows = Passage.objects.readable_in(record).order_by("-shared_at", "-id")[:MOST_PINNED]
    return [PassageView(row.pk, row.shared_at, excerpt(row.text, SHOWN)) for row in rows]


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Passages given in a span, newest first, each at the time it was given."""
    if record.is_own:
        return
    for row in rows_of(record, span, limit):
        yield Moment(row[0], "passage", (*row, record.client.pk), _said, row[1], None, MARKS)


def _rows(record: Record, span: Span) -> "QuerySet[Any, Any]":
    mine = Passage.objects.readable_in(record).within(span).order_by("-shared_at", "-id")
    return mine.values_list("shared_at", "id", "text")


rows_of = Asked(_rows)


def _said(row: tuple[datetime, UUID, bytes, UUID]) -> Words:
    _, passage, text, owner = row
    field = Passage._meta.get_field("text")
    if not isinstance(field, SealedTextField):
        raise TypeError("a passage is sealed")
    return Words(
        "A passage to bring", excerpt(shown_blob(bytes(text), field.place_of(passage, owner)), SHOWN), "Bring to session"
    )


def _own(passage_id: UUID, by: Person) -> Passage:
    passage: Passage | None = Passage.objects.of(by).select_for_update(of=("self",)).filter(pk=passage_id).first()
    if passage is None:
        raise Http404
    return passage


def _print_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
