"""A day as a timetable: hours down, people or rooms across, everybody as high as their time is long. Pure.

Places and lengths are elapsed minutes from the first hour shown; hours carry the clinic's wall clock. So 150 minutes are as
high on the night clocks change as on any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.ui.times import spoken_time

from .slots import Slot

OPENS, CLOSES = time(9), time(17)
HOUR = timedelta(hours=1)
NOBODYS = UUID(int=0)
BRIEF = 45
"""Minutes under which a block has room for one line of words."""
PRINTED = 12
"""So many columns can be read on one sheet of paper; more are printed in order of the clock."""


@dataclass(frozen=True, slots=True)
class Column:
    key: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """From where on and how far, as classes of timetable.css: hours and minutes of each."""

    top: int
    minutes: int

    @property
    def at(self) -> str:
        return f"h{self.top // 60} m{self.top % 60} l{self.minutes // 60} n{self.minutes % 60}"


@dataclass(frozen=True, slots=True)
class Block:
    """An appointment at its place. `lane` of `lanes`: side by side with others of the same time; before and after kept free."""

    slot: Slot
    place: Place
    before: Place | None
    after: Place | None
    lane: int = 0
    lanes: int = 1

    @property
    def brief(self) -> bool:
        return self.place.minutes < BRIEF

    @property
    def beside(self) -> str:
        return f"lane{self.lane} of{self.lanes}" if self.lanes > 1 else ""


@dataclass(frozen=True, slots=True)
class Track:
    """One person or room: when somebody is there, and their blocks in the order of the clock."""

    column: Column
    there: Sequence[Place]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Timetable:
    """`begins` is the first hour shown; `now` is where the line of this moment stands, on the day it belongs to."""

    begins: datetime
    whole: Place
    hours: Sequence[tuple[str, Place]]
    tracks: Sequence[Track]
    now: Place | None

    @property
    def printed(self) -> bool:
        return len(self.tracks) <= PRINTED


Stretches = Mapping[UUID, Sequence[tuple[datetime, datetime]]]


def usual_hours(day: date, zone: ZoneInfo) -> Span:
    return Span(instant_of(day, OPENS, zone), instant_of(day, CLOSES, zone))


@dataclass(frozen=True, slots=True)
class Across:
    """What stands across: the columns, who is placed in each, and when somebody is there."""

    columns: Sequence[Column]
    placed: Mapping[UUID, Sequence[Slot]]
    there: Stretches

    @property
    def edges(self) -> list[tuple[datetime, datetime]]:
        spans = [(slot.span.start, slot.span.end) for slots in self.placed.values() for slot in slots]
        return spans + [stretch for some in self.there.values() for stretch in some]


def timetable(across: Across, usual: Span, zone: ZoneInfo, now: datetime) -> Timetable:
    """`usual` hours are always shown; earlier and later ones where somebody is there."""
    shown = _shown(across.edges, usual)
    first = shown.start
    tracks = [
        Track(one, _there(across.there.get(one.key, ()), first), _blocks(across.placed.get(one.key, ()), shown))
        for one in across.columns
    ]
    line = _place(first, now, now) if shown.holds(now) else None
    return Timetable(first, _place(first, first, shown.end), _hours(shown, zone), tracks, line)


def _shown(edges: Sequence[tuple[datetime, datetime]], usual: Span) -> Span:
    """Whole hours around everything that there is."""
    start = min([usual.start, *(edge[0] for edge in edges)])
    end = max([usual.end, *(edge[1] for edge in edges)])
    return Span(start - (start - usual.start) % HOUR, end + (usual.start - end) % HOUR)


def _hours(shown: Span, zone: ZoneInfo) -> list[tuple[str, Place]]:
    count = (shown.end - shown.start) // HOUR
    starts = [shown.start + number * HOUR for number in range(count)]
    return [(spoken_time(at.astimezone(zone)), _place(shown.start, at, at + HOUR)) for at in starts]


def _place(first: datetime, start: datetime, end: datetime) -> Place:
    return Place(_minutes(start - first), _minutes(end - start))


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _there(stretches: Iterable[tuple[datetime, datetime]], first: datetime) -> list[Place]:
    return [_place(first, start, end) for start, end in stretches]


def _blocks(slots: Iterable[Slot], shown: Span) -> list[Block]:
    """Neighbours that touch the same minute share the width: each group in as few lanes as it needs."""
    blocks: list[Block] = []
    for group in _groups(slots):
        lanes = _lanes(group)
        count = max(lanes) + 1
        blocks += [_block(slot, lane, count, shown) for slot, lane in zip(group, lanes, strict=True)]
    return blocks


def _groups(slots: Iterable[Slot]) -> list[list[Slot]]:
    groups: list[list[Slot]] = []
    for slot in sorted(slots, key=lambda one: (one.span, one.id)):
        if groups and any(other.span.overlaps(slot.span) for other in groups[-1]):
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return groups


def _lanes(group: Sequence[Slot]) -> list[int]:
    """The first lane that is free again when each begins."""
    ends: list[datetime] = []
    taken: list[int] = []
    for slot in group:
        lane = next((number for number, end in enumerate(ends) if end <= slot.span.start), len(ends))
        ends[lane : lane + 1] = [slot.span.end]
        taken.append(lane)
    return taken


def _block(slot: Slot, lane: int, lanes: int, shown: Span) -> Block:
    """Buffers that reach over the edge of what is shown are cut there."""
    first, span = shown.start, slot.span
    opens, closes = max(first, slot.padded.start), min(shown.end, slot.padded.end)
    before = _place(first, opens, span.start) if opens < span.start else None
    after = _place(first, span.end, closes) if closes > span.end else None
    return Block(slot, _place(first, span.start, span.end), before, after, lane, lanes)
