"""What practices show on a timeline: each that was done, and whether it helped. One query."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from koru.moments.moment import Moment, Words
from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record

from . import library
from .models import PracticeDone

KIND = "practice"
COLUMNS = ("at", "practice", "minutes", "helped")
SAID = {"yes": "It helped", "a_bit": "It helped a bit", "not_really": "It didn’t really help", "harder": "It made it harder"}


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    return PracticeDone.objects.readable_in(record).within(span).order_by("-at", "-id").values_list(*COLUMNS)


rows_of = Asked(_rows)


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """The practices done in that span, newest first. Worded when they are shown."""
    for row in rows_of(record, span, limit):
        yield Moment(row[0], KIND, row, _said)


def _said(row: Any) -> Words:
    _, slug, _, helped = row
    return Words(f"Practice: {title_of(slug)}", SAID.get(helped, ""))


def title_of(slug: str) -> str:
    """By its name; what isn't in the library any more by its slug."""
    practice = library.load().practices.get(slug)
    return practice.title if practice else slug
