"""The days before a session beside the days after it: what was noted, filled in, shared and done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import Span, local_day
from koru.privacy.door import NoSuchRecord, Record
from moodtracking.change import Days
from moodtracking.compared import Compared, compared_in
from moodtracking.measures.compared import Pair, measures_compared
from scheduling.lane import Held

from .overview import Overview, lanes, overview_of

A_DAY = timedelta(days=1)
LENGTHS = (7, 14, 28)
USUAL = 14


@dataclass(frozen=True, slots=True)
class Half:
    """One side: its first and last day, how much of what lies in it, and whether it has come about yet."""

    days: Days
    check_ins: int
    entries: int
    practices: int


@dataclass(frozen=True, slots=True)
class Comparison:
    session: Held
    length: int
    before: Half
    after: Half | None
    noted: list[Compared]
    measures: list[Pair]

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        noted = [(one.title, one.verdict) for one in self.noted]
        return [*noted, *((pair.title, pair.verdict) for pair in self.measures)]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What can be said of a change, by title."""
        return [(title, verdict) for title, verdict in self.verdicts if verdict]

    @property
    def unsaid(self) -> str:
        """The titles of which nothing can be said."""
        return ", ".join(title.rstrip("?") for title, verdict in self.verdicts if not verdict)


def length_of(word: str) -> int:
    """As an address says it; two weeks for any other."""
    return next((length for length in LENGTHS if str(length) == word), USUAL)


def comparison_of(record: Record, session_id: UUID, length: int, now: datetime) -> Comparison:
    """Around an appointment of this client. Raises NoSuchRecord for another's, and one that hasn't begun."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    held = [Held(*row) for row in lanes(record, Span(now - A_DAY, now))[0]]
    session = next((one for one in held if one.id == session_id and one.starts <= now), None)
    if session is None:
        raise NoSuchRecord
    day, today = local_day(session.starts, zone, starts), local_day(now, zone, starts)
    before = Days(day - length * A_DAY, day - A_DAY)
    after = Days(day + A_DAY, min(day + length * A_DAY, today))
    if after.last < after.first:
        return Comparison(session, length, _half(record, before), None, compared_in(record, before, before), [])
    return Comparison(
        session,
        length,
        _half(record, before),
        _half(record, after),
        compared_in(record, before, after),
        measures_compared(record, _span(record, before), _span(record, after)),
    )


def _half(record: Record, days: Days) -> Half:
    there: Overview = overview_of(record, _span(record, days))
    return Half(
        days,
        sum(one.number for one in there.mood.values()),
        sum(there.entries.values()),
        sum(there.practices.values()),
    )


def _span(record: Record, days: Days) -> Span:
    def edge(day: date) -> Span:
        return Span.of_day(day, ZoneInfo(record.client.zone), record.client.day_starts)

    return Span(edge(days.first).start, edge(days.last).end)
