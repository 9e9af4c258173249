"""What a timeline shows of connection check-ins to whom they are about: of one that isn't open, only that it is there."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from koru.moments.moment import Moment, Words
from koru.moments.questions import Given
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record
from koru.sealing.fields import CANNOT_OPEN, SealedTextField, shown_blob

from .models import ConnectionCheckIn
from .rules import overall

KIND = "connection"
COLUMNS = ("at", "id", "appointment__kind__name", "guess__without", "answers")


def _rows(record: Record, span: Span) -> "QuerySet[Any, Any]":
    rows = ConnectionCheckIn.objects.readable_in(record).within(span)
    return rows.order_by("-at", "-id").values_list(*COLUMNS)


def _given(record: Record, span: Span) -> Given:
    return record.client.pk, record.reader.pk, span.start, span.end


rows_of = Asked(_rows, _given)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Those of a span, newest first. Opened when they are shown, and only after a guess or a press to look."""
    said = partial(_said, record.client.pk)
    for row in rows_of(record, span, limit):
        yield Moment(row[0], KIND, row, said, row[1])


def _said(owner: UUID, row: Any) -> Words:
    _, check_in, kind, without, answers = row
    title = f"How it was: {kind.lower()}"
    if without is None:
        return Words(title, "Guess first, or show", "New")
    field = ConnectionCheckIn._meta.get_field("answers")
    if not isinstance(field, SealedTextField):
        raise TypeError("what was said of a meeting is sealed")
    opened = shown_blob(bytes(answers), field.place_of(check_in, owner))
    if opened == CANNOT_OPEN:
        return Words(title, opened)
    whole = overall(json.loads(opened) if opened else {})
    return Words(title, "Too few lines to say" if whole is None else f"{whole} of 10")
