"""What check-ins show on a timeline. One query, values only; the note of a check-in only to those who may read it."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Case, Expression, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.sealing.fields import SealedTextField, shown_blob

from .items_of import Own, is_own
from .models import CheckIn
from .phrases import in_short

SHOWN = 200
KIND = "check_in"
COLUMNS = ("at", "row", "kind", "told", "shown_note")
TITLES = {"daily": "Check-in", "side_effect": "After the session"}


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    rows = CheckIn.objects.readable_in(record).within(span)
    told = rows.annotate(row=Cast("id", TextField()), told=Cast("answers", TextField()), shown_note=_note_in(record))
    return told.order_by("-at", "-id").values_list(*COLUMNS)


rows_of = Asked(_rows)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """The check-ins of that span, newest first. Worded when they are shown."""
    said = partial(_said, record.client.pk, Own(record.client))
    for row in rows_of(record, span, limit):
        yield Moment(row[0], KIND, row, said)


def _said(client: UUID, own: Own, row: Any) -> Words:
    _, check_in, kind, told, note = row
    words = _in_short(told) or in_short(answers := json.loads(told), own=own.told(answers))
    return Words(TITLES[kind], _body(words, note, check_in, client))


@lru_cache(maxsize=2048)
def _in_short(told: str) -> str:
    """The same few answers come again and again, whoever gave them. "" where some are to a client's own questions."""
    answers = json.loads(told)
    return "" if any(map(is_own, answers)) else in_short(answers)


def _note_in(record: Record) -> Expression:
    """The sealed note where this reader may open it; the others never leave the database."""
    nothing = Value(None, output_field=BinaryField())
    if record.is_own:
        return Case(default=F("note"), output_field=BinaryField())
    if not record.opens(Part.SHARED_NOTES):
        return Case(default=nothing, output_field=BinaryField())
    shared = When(note_share=CheckIn.Share.MY_THERAPIST, then=F("note"))
    return Case(shared, default=nothing, output_field=BinaryField())


def _body(words: str, blob: Any, row: str, client: UUID) -> str:
    if not blob:
        return words
    field = CheckIn._meta.get_field("note")
    if not isinstance(field, SealedTextField):
        raise TypeError("notes are sealed")
    note = shown_blob(bytes(blob), field.place_of(UUID(row), client))
    cut = note if len(note) <= SHOWN else note[: SHOWN - 1].rstrip() + "…"
    return f"{words}. {cut}" if words else cut


def last_check_in(record: Record) -> datetime | None:
    """When the client checked in last, as far as this reader may know."""
    return CheckIn.objects.readable_in(record).daily().order_by("-at").values_list("at", flat=True).first()
