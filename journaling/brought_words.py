"""Answers to a few prompts that a brief asks for, as far as they are shared: a line kept, a small step, wishes for the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koru.privacy.door import Record

from .guided import EntryPart
from .models import Entry
from .reading import EXCERPT, excerpt

KEPT_LINE = "a1-one-line"
SMALL_STEP = "a7-tiny-step"
COMFORT, TOUCH = "b-comfort-list", "b-touch-wishes"
PROMPTS = (KEPT_LINE, SMALL_STEP, COMFORT, TOUCH)
LATELY = 40


@dataclass(frozen=True, slots=True)
class Answered:
    """The words of one answer, cut, and the entry they stand in."""

    entry: UUID
    at: datetime
    text: str


def answered_in(record: Record) -> Mapping[str, Answered]:
    """The newest answer to each of `PROMPTS` that the reader may read; inside a guide only its own part. Two queries."""
    mine = Entry.objects.readable_in(record).without_resting()
    alone = mine.filter(prompt__in=PROMPTS, parts=None)[:LATELY]
    parts = EntryPart.objects.filter(client=record.client, prompt__in=PROMPTS, entry__in=mine.order_by())
    said: list[tuple[Entry | EntryPart, Entry]] = [(entry, entry) for entry in alone]
    said += [(part, part.entry) for part in parts.select_related("entry").order_by("-entry__at")[:LATELY]]
    found: dict[str, Answered] = {}
    for one, entry in sorted(said, key=lambda pair: pair[1].at, reverse=True):
        if one.prompt not in found and one.text:
            found[one.prompt] = Answered(entry.pk, entry.at, excerpt(one.text, EXCERPT))
    return found
