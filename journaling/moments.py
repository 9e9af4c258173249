"""What a timeline shows of entries: those that the reader may read, one query, values only."""

from collections.abc import Iterator
from textwrap import shorten

from django.urls import reverse

from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.privacy.door import Record
from koru.sealing.fields import SealedTextField, open_blob

from .models import Entry
from .sharing import BRING

LENGTH = 200


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Entries written within the span, newest first; of another person only the shared ones, cut short."""
    title, text = sealed("title"), sealed("text")
    rows = Entry.objects.readable_in(record).within(span).values_list("id", "at", "title", "text", "share")[:limit]
    client = record.client.pk
    for row, at, sealed_title, sealed_text, share in rows:
        brought = share == BRING
        yield Moment(
            at=at,
            kind="entry",
            title=open_blob(sealed_title, title.place_of(row, client)) or ("Brings this along" if brought else "An entry"),
            body=shorten(open_blob(sealed_text, text.place_of(row, client)), LENGTH, placeholder=" …"),
            link=reverse("journaling:entry", args=[row]) if record.is_own else reverse("care:entry", args=[client, row]),
            tag="Bring to session" if brought else "",
            marks=frozenset({"words", "bring"}) if brought else frozenset({"words"}),
        )


def sealed(name: str) -> SealedTextField:
    field = Entry._meta.get_field(name)
    if not isinstance(field, SealedTextField):
        raise TypeError(f"{name} is not sealed")
    return field
