"""What a timeline shows of entries: those that the reader may read, one query, values only."""

from collections.abc import Iterator

from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.privacy.door import Record
from koru.sealing.fields import open_blob

from .models import Entry
from .reading import asked_words, excerpt, sealed
from .sharing import BRING, ONLY_ME

LENGTH = 200
COLUMNS = ("id", "at", "share", "prompt", "title", "text")
TAGS = {BRING: "Bring to session", ONLY_ME: "Only me"}


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Entries written within the span, newest first; of another person only the shared ones, cut short."""
    title, text = sealed("title"), sealed("text")
    rows = Entry.objects.readable_in(record).within(span).values_list(*COLUMNS)[:limit]
    client = record.client.pk
    for row, at, share, prompt, sealed_title, sealed_text in rows:
        yield Moment(
            at=at,
            kind="entry",
            title=open_blob(sealed_title, title.place_of(row, client)) or asked_words(prompt) or "An entry",
            body=excerpt(open_blob(sealed_text, text.place_of(row, client)), LENGTH),
            about=row,
            tag=TAGS.get(share, ""),
            marks=frozenset({"words", "bring"}) if share == BRING else frozenset({"words"}),
        )
