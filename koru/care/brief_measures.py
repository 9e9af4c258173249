"""Measures as the brief says them: a sentence each and what moved item by item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koru.privacy.door import Record
from koru.ui.times import short_day
from moodtracking.measures.models import Response
from moodtracking.measures.reading import Filled, Latest, filled_in, latest_from, standing
from moodtracking.measures.scoring import left_open
from moodtracking.measures.standing import Asked, standing_of

from .measures import items_of, said
from .spark import Spark, spark_of

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
    since_first: str
    left_open: str
    totals: str
    spark: Spark | None
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """`waiting` are asked now and not filled; `lapsed` were asked before, and their week went by."""

    told: tuple[Told, ...]
    waiting: tuple[Asked, ...]
    lapsed: tuple[tuple[str, date], ...]


def measures_of(record: Record, now: datetime, sessions: Sequence[date] = ()) -> Measures:
    """The same three questions, however much was filled in. `sessions`: the days to mark in a line of totals."""
    filled = standing(filled_in(record))
    latest = latest_from(filled)
    wanted = {part.id for one in latest for part in (one.now, one.before) if part}
    rows = {row.pk: row for row in Response.objects.readable_in(record).filter(pk__in=wanted)}
    stands = standing_of(record.client, now)
    return Measures(
        told=tuple(
            told(one, rows[one.now.id], rows[one.before.id] if one.before else None, lines(filled, one), sessions)
            for one in latest
        ),
        waiting=stands.due,
        lapsed=tuple((one.title, window.asked) for one, window in stands.unfilled if not one.is_due),
    )


def lines(filled: Iterable[Filled], latest: Latest) -> list[Filled]:
    """The last six totals that may be drawn as one line."""
    return [one for one in filled if one.line == latest.now.line and one.total is not None][-LATELY:]


def told(latest: Latest, row: Response, earlier: Response | None, filled: list[Filled], sessions: Sequence[date]) -> Told:
    moved = (Moved(item.text, item.was, item.value) for item in items_of(row, earlier) if item.was is not None)
    return Told(
        id=row.pk,
        title=latest.now.title,
        sentence=said(row, earlier, latest.change),
        is_brought=latest.now.is_brought,
        recovered=latest.recovered,
        since_first=since_baseline(latest),
        left_open=", ".join(item.key for item in left_open(row.definition, row.given)),
        totals=totals(filled),
        spark=spark_of([(one.day, one.total or 0) for one in filled], latest.now.measure.highest, sessions),
        moved=tuple(moved),
    )


def since_baseline(latest: Latest) -> str:
    """The change since the first one like it, where that isn't the one before."""
    first, change = latest.first, latest.since_first
    if first is None or first == latest.before or change.points is None:
        return ""
    way = "the same as" if not change.points else f"{abs(change.points)} {'lower' if change.points < 0 else 'higher'} than"
    weight = "more than noise" if change.is_reliable else "within noise"
    return f"Since baseline: {way} {short_day(first.day)}{f', {weight}' if latest.now.measure.reliable else ''}."


def totals(shown: Sequence[Filled]) -> str:
    """ "17 on 21 Oct, 11 on 4 Nov" """
    return ", ".join(f"{one.total} on {short_day(one.day)}" for one in shown) if len(shown) > 1 else ""
