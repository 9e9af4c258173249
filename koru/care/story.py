"""A client's story: what all rooms show of a stretch of time, merged newest first."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import attrgetter

from journaling.moments import moments as written
from journaling.passages import moments as marked
from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.practices.moments import moments as practised
from koru.privacy.door import Record
from moodtracking.connection.moments import moments as felt
from moodtracking.measures.moments import moments as measured
from moodtracking.moments import moments as noticed
from scheduling.moments import moments as met

PAGE = 50
NEWEST = attrgetter("at")
Source = Callable[[Record, Span, int | None], Iterator[Moment]]
SOURCES: dict[str, Source] = {
    "sessions": met,
    "writing": written,
    "passages": marked,
    "check-ins": noticed,
    "measures": measured,
    "practices": practised,
    "connection": felt,
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some moments, newest first. `older`: the instant to go on before, `newer`: to go back after; None where nothing is."""

    moments: list[Moment]
    older: datetime | None = None
    newer: datetime | None = None


def story(record: Record, span: Span, only: str = "", limit: int | None = None) -> Iterator[Moment]:
    """All rooms' moments in a span, merged as they are asked for: one query a room, made when it is first needed.

    `limit`: so many of each room; below nought so many of its earliest ones.
    """
    rooms: Iterable[Source] = [SOURCES[only]] if only in SOURCES else SOURCES.values()
    return heapq.merge(*(room(record, span, limit) for room in rooms), key=NEWEST, reverse=True)


def page_of(record: Record, span: Span, only: str = "") -> Page:
    """The newest moments of a span. A page never ends between two of the same instant: none would be lost."""
    moments = story(record, span, only, PAGE + 1)
    page = list(islice(moments, PAGE))
    following = next(moments, None)
    while following is not None and page and following.at == page[-1].at:
        page.append(following)
        following = next(moments, None)
    return Page(page, page[-1].at if following is not None and page else None)


def page_after(record: Record, span: Span, only: str = "") -> Page:
    """The earliest moments of a span, for going back to what is newer. Ends and begins as `page_of` does."""
    moments = list(story(record, span, only, -(PAGE + 1)))
    cut = max(len(moments) - PAGE, 0)
    while 0 < cut < len(moments) and moments[cut - 1].at == moments[cut].at:
        cut -= 1
    page = moments[cut:]
    return Page(page, page[-1].at if page else None, page[0].at if cut else None)
