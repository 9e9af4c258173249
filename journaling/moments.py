"""What the journal shows on a timeline: entries that the record's reader may read, in one query of values."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record
from koru.sealing.fields import shown_blob

from .attachments.beside import beside, told
from .models import Entry
from .reading import asked_words, excerpt, sealed
from .sharing import BRING, ONLY_ME

COLUMNS = ("at", "row", "share", "prompt", "title", "text", "asked")
SHOWN = 140
WORDS = frozenset({"words"})
BROUGHT = WORDS | {"bring"}
TAGS = {BRING: "Bring to session", ONLY_ME: "Only me"}


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    """The id as text: made to a UUID only for those that are shown."""
    entries = Entry.objects.readable_in(record).within(span)
    rows: QuerySet[Any, Any] = entries.annotate(row=Cast("id", TextField()))
    return rows.values_list(*COLUMNS, beside(record))


rows_of = Asked(_rows)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Entries of a span, newest first. Private ones only to their writer. Opened when they are shown."""
    said = partial(_said, record.client.pk)
    for row in rows_of(record, span, limit):
        yield Moment(row[0], "entry", row, said, row[1], None, BROUGHT if row[2] == BRING else WORDS)


def _said(owner: UUID, row: Any) -> Words:
    _, entry_id, share, prompt, title, text, asked, column = row
    entry, things = UUID(entry_id), told(column)
    named = shown_blob(bytes(title), sealed("title").place_of(entry, owner)) or asked_words(prompt)
    said = excerpt(shown_blob(bytes(text), sealed("text").place_of(entry, owner)), SHOWN)
    heading = named or shown_blob(bytes(asked), sealed("asked").place_of(entry, owner))
    kind = things[0].label if things and not said else "Entry"
    return Words(heading or kind, said, TAGS.get(share, ""), tuple((one.invites, one.id) for one in things))
