"""A stretch of a record at a glance: lanes of sessions, mood, measures, shared entries and practices. One question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from journaling.lane import entries_lane
from koru.moments.lanes import COLUMNS
from koru.moments.spans import Span
from koru.practices.lane import practices_lane
from koru.privacy.asking import AskedTogether
from koru.privacy.door import Record
from moodtracking.item_sets import load
from moodtracking.lane import mood_lane
from moodtracking.measures.lane import measures_lane
from moodtracking.sentences import worded
from scheduling.lane import Held, held_ones

lanes = AskedTogether(held_ones, mood_lane, measures_lane, entries_lane, practices_lane)
Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Mood:
    """Of one column: half of the check-ins lie from `low` to `high`, `mid` is their middle."""

    low: float
    mid: float
    high: float
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One column in words, for the table: from a day on."""

    day: date
    sessions: str
    mood: str
    measures: int
    entries: int
    practices: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`held` are all appointments, newest first; the lanes hold what lies in the span, by column from 1."""

    span: Span
    held: list[Held]
    mood: Mapping[int, Mood]
    measures: Counts
    entries: Counts
    practices: Counts

    @property
    def sessions(self) -> list[Held]:
        return [one for one in self.held if self.span.holds(one.starts)]

    @property
    def is_empty(self) -> bool:
        return not any((self.sessions, self.mood, self.measures, self.entries, self.practices))

    def column(self, at: datetime) -> int:
        share = (at - self.span.start) / (self.span.end - self.span.start)
        return min(int(share * COLUMNS), COLUMNS - 1) + 1

    def lines(self, zone: ZoneInfo) -> list[Line]:
        """The columns that have anything, oldest first."""
        sessions: dict[int, list[str]] = {}
        for one in reversed(self.sessions):
            sessions.setdefault(self.column(one.starts), []).append(one.name)
        filled = sorted({*sessions, *self.mood, *self.measures, *self.entries, *self.practices})
        width = (self.span.end - self.span.start) / COLUMNS
        return [
            Line(
                day=(self.span.start + (column - 1) * width).astimezone(zone).date(),
                sessions=", ".join(sessions.get(column, ())),
                mood=mood_words(self.mood.get(column)),
                measures=self.measures.get(column, 0),
                entries=self.entries.get(column, 0),
                practices=self.practices.get(column, 0),
            )
            for column in filled
        ]


def overview_of(record: Record, span: Span) -> Overview:
    held, mood, *counted = lanes(record, span)
    measures, entries, practices = (dict(rows) for rows in counted)
    return Overview(span, [Held(*row) for row in held], {row[0]: Mood(*row[1:]) for row in mood}, measures, entries, practices)


def mood_words(mood: Mood | None) -> str:
    """ "okay, 4 check-ins" """
    if mood is None:
        return ""
    word = worded(load().items["mood"])(round(mood.mid * 2) / 2)
    return f"{word}, {mood.number} check-in{'' if mood.number == 1 else 's'}"
