"""A client's story: what all rooms show of a stretch of time, merged newest first."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any

import journaling.moments as written
import moodtracking.moments as noticed
import scheduling.moments as met
from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.privacy.asking import AskedTogether
from koru.privacy.door import Record

PAGE = 50
NEWEST = attrgetter("at")
Told = Callable[[Record, Iterable[Any]], Iterator[Moment]]
SOURCES: dict[str, Told] = {"sessions": met.told, "writing": written.told, "check-ins": noticed.told}
ASKED = {"sessions": met.rows_of, "writing": written.rows_of, "check-ins": noticed.rows_of}
together = {"": AskedTogether(tuple(ASKED.values())), **{name: AskedTogether((one,)) for name, one in ASKED.items()}}


@dataclass(frozen=True, slots=True)
class Page:
    """Some moments, newest first, and the instant to go on before; None at the beginning of the story."""

    moments: list[Moment]
    older: datetime | None


def story(record: Record, span: Span, only: str = "", limit: int | None = None) -> Iterator[Moment]:
    """All rooms' moments in a span, merged as they are asked for: one query, whatever the span."""
    rooms: Iterable[Told] = [SOURCES[only]] if only in SOURCES else SOURCES.values()
    answers = together[only if only in SOURCES else ""](record, span, limit)
    return heapq.merge(*(told(record, rows) for told, rows in zip(rooms, answers, strict=True)), key=NEWEST, reverse=True)


def page_of(record: Record, span: Span, only: str = "") -> Page:
    """The newest moments of a span. A page never ends between two of the same instant: none would be lost."""
    moments = story(record, span, only, PAGE + 1)
    page = list(islice(moments, PAGE))
    following = next(moments, None)
    while following is not None and page and following.at == page[-1].at:
        page.append(following)
        following = next(moments, None)
    return Page(page, page[-1].at if following is not None and page else None)
