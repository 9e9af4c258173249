"""Measures as the brief says them: a sentence each and what moved item by item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koru.privacy.door import Record
from koru.ui.times import short_day
from moodtracking.measures.models import Response
from moodtracking.measures.reading import Filled, Latest, filled_in, latest_of, standing
from moodtracking.measures.standing import Asked, standing_of

from .measures import items_of, said

LATELY = 6


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that changed by two or more."""

    text: str
    was: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """One measure: its sentence, the totals before it, the items that moved."""

    id: UUID
    title: str
    sentence: str
    is_brought: bool
    recovered: bool
    totals: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """`waiting` are asked now and not filled; `lapsed` were asked before, and their week went by."""

    told: tuple[Told, ...]
    waiting: tuple[Asked, ...]
    lapsed: tuple[tuple[str, date], ...]


def measures_of(record: Record, now: datetime) -> Measures:
    """The same four questions, however much was filled in."""
    latest, filled = latest_of(record), standing(filled_in(record))
    wanted = {part.id for one in latest for part in (one.now, one.before) if part}
    rows = {row.pk: row for row in Response.objects.readable_in(record).filter(pk__in=wanted)}
    stands = standing_of(record.client, now)
    return Measures(
        told=tuple(told(one, rows[one.now.id], rows[one.before.id] if one.before else None, filled) for one in latest),
        waiting=stands.due,
        lapsed=tuple((one.title, window.asked) for one, window in stands.unfilled if not one.is_due),
    )


def told(latest: Latest, row: Response, earlier: Response | None, filled: Iterable[Filled]) -> Told:
    moved = (Moved(item.text, item.was, item.value) for item in items_of(row, earlier) if item.was is not None)
    return Told(
        id=row.pk,
        title=latest.now.title,
        sentence=said(row, earlier, latest.change),
        is_brought=latest.now.is_brought,
        recovered=latest.recovered,
        totals=totals(one for one in filled if one.line == latest.now.line),
        moved=tuple(moved),
    )


def totals(results: Iterable[Filled]) -> str:
    """ "17 on 21 Oct, 11 on 4 Nov": the last six that have one."""
    shown = [one for one in results if one.total is not None][-LATELY:]
    return ", ".join(f"{one.total} on {short_day(one.day)}" for one in shown) if len(shown) > 1 else ""
