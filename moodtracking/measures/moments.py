"""What measures show on a timeline: each closed filling-in, with its total and the band's name. One query, plain numbers."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record

from .definitions import version_of
from .models import Response

KIND = "measure"
COLUMNS = ("closed_at", "id", "measure", "version", "form", "state", "total", "band", "answered", "corrects_id", "is_brought")
BROUGHT, NO_MARKS = frozenset({"bring"}), frozenset[str]()


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    rows = Response.objects.readable_in(record).closed().within(span)
    rows = rows.annotate(is_brought=Q(brought__isnull=False))
    return rows.order_by("-closed_at", "-id").values_list(*COLUMNS)


rows_of = Asked(_rows)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """The filled-in measures of that span, newest first. Worded when they are shown."""
    for row in rows_of(record, span, limit):
        yield Moment(row[0], KIND, row, _said, about=row[1], marks=BROUGHT if row[-1] else NO_MARKS)


def _said(row: Any) -> Words:
    _, _, slug, version, form, state, total, band, answered, corrects, brought = row
    measure = version_of(slug, version)
    title = measure.title_of(form)
    tag = "Bring to session" if brought else "Correction" if corrects else ""
    if state == Response.State.STOPPED:
        return Words(title, "Begun and left open", tag)
    if total is None:
        return Words(title, f"{len(measure.scored) - answered} items left open, no total", tag)
    return Words(title, f"{total} of {measure.highest}{f', {band}' if band else ''}", tag)
