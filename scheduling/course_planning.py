"""Dates for a course out of open times: the earliest that its spacing allows, at about the same time of day. Pure.

Deterministic: the same open times give the same plan. Where the first choice leaves no room for what comes after, the
next best is tried, so a plan is found if there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WITHIN = timedelta(hours=72)  # an integration meeting begins within three days of the end of its session
A_DAY = timedelta(days=1)
WEEK = 7
EITHER_WAY = 3  # days around an agreed spacing in weeks


@dataclass(frozen=True, slots=True)
class Shape:
    """How long a kind is with and without its buffers, and what rest it asks for."""

    kind: str
    minutes: int
    before: int = 0
    after: int = 0
    rest_hours: int = 0
    rest_days: int = 0

    def ends(self, start: datetime) -> datetime:
        return start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting to be placed, `least` to `most` days after the one before, `ideal` best; `then`: what belongs to it."""

    shape: Shape
    least: int
    most: int
    ideal: int
    then: Shape | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A date of a plan; `follows` is the position of the session that it belongs to."""

    kind: str
    start: datetime
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """No plan: for this meeting (counted from 1) nothing is open that leaves room for the rest."""

    number: int
    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Window:
    """Days from one to another, and the one liked best."""

    first: date
    last: date
    ideal: date


@dataclass(frozen=True, slots=True)
class Gap:
    """A step's gap: days from the meeting before, growing with each repetition, or agreed weeks where it is `spaced`."""

    least: int
    most: int
    grows_by: int = 0
    spaced: bool = False

    def meeting(self, number: int, weeks: int | None, shape: Shape, then: Shape | None) -> Meeting:
        if self.spaced and weeks:
            ideal = weeks * WEEK
            return Meeting(shape, max(ideal - EITHER_WAY, shape.rest_days), ideal + EITHER_WAY, ideal, then)
        more = self.grows_by * number
        least = max(self.least + more, shape.rest_days if number else 0)
        return Meeting(shape, least, max(self.most + more, least), least, then)


@dataclass(slots=True)
class Search:
    """One search over open times. `fixed` are starts that stand; `wanted` are liked best where they are still open."""

    meetings: Sequence[Meeting]
    openings: Mapping[str, Sequence[datetime]]
    from_day: date
    zone: ZoneInfo
    fixed: Mapping[int, datetime] = field(default_factory=dict)
    wanted: Mapping[int, datetime] = field(default_factory=dict)
    furthest: int = 0
    window: Window = field(default_factory=lambda: Window(date.min, date.max, date.min))
    dead: set[tuple[int, datetime, datetime]] = field(default_factory=set)

    def plan(self) -> list[Planned] | Stuck:
        found = self._from(0, 0, [])
        if found is not None:
            return found
        return Stuck(self.furthest + 1, self.meetings[self.furthest].shape.kind, self.window.first, self.window.last)

    def _from(self, number: int, position: int, made: list[Planned]) -> list[Planned] | None:
        if number == len(self.meetings):
            return made
        key = (number, self._last_main(made), made[-1].start) if made else None
        if key and key in self.dead:
            return None
        for pair in self._pairs(number, position, made):
            found = self._from(number + 1, position + len(pair), [*made, *pair])
            if found is not None:
                return found
        if key:
            self.dead.add(key)
        return None

    def _pairs(self, number: int, position: int, made: list[Planned]) -> Iterator[list[Planned]]:
        """The meeting with what belongs to it, best first."""
        meeting = self.meetings[number]
        window = self._window(meeting, made)
        if number >= self.furthest:
            self.furthest, self.window = number, window
        for start in self._best(meeting.shape.kind, position, window, made):
            if not self._has_room(meeting.shape, start, made):
                continue
            main = Planned(meeting.shape.kind, start)
            if meeting.then is None:
                yield [main]
            else:
                yield from ([main, after] for after in self._after(meeting.then, meeting, [*made, main], position))

    def _window(self, meeting: Meeting, made: list[Planned]) -> Window:
        before = self._day(self._last_main(made)) if made else self.from_day
        return Window(*(before + timedelta(days=days) for days in (meeting.least, meeting.most, meeting.ideal)))

    def _after(self, shape: Shape, meeting: Meeting, made: list[Planned], position: int) -> Iterator[Planned]:
        """What belongs to the session just placed: the next day rather than later, within 72 hours of its end."""
        first, latest = self._day(made[-1].start) + A_DAY, meeting.shape.ends(made[-1].start) + WITHIN
        for start in self._best(shape.kind, position + 1, Window(first, self._day(latest), first), made):
            if start <= latest and self._has_room(shape, start, made):
                yield Planned(shape.kind, start, position)

    def _best(self, kind: str, position: int, window: Window, made: list[Planned]) -> list[datetime]:
        """What is open in a window: as wanted, then near the ideal day, then at the time of day of before."""
        usual = next((self._clock(one.start) for one in reversed(made) if one.kind == kind), None)
        fixed, wanted = self.fixed.get(position), self.wanted.get(position)

        def liked(start: datetime) -> tuple[bool, int, int, datetime]:
            apart = abs((self._day(start) - window.ideal).days)
            return start != wanted, apart, abs(self._clock(start) - usual) if usual is not None else 0, start

        there = (one for one in self.openings.get(kind, ()) if window.first <= self._day(one) <= window.last)
        return sorted((one for one in there if fixed in (None, one)), key=liked)

    def _has_room(self, shape: Shape, start: datetime, made: list[Planned]) -> bool:
        """Not into what was placed before, nor too soon after another of its kind."""
        if not made:
            return True
        shapes = {one.kind: one for meeting in self.meetings for one in (meeting.shape, meeting.then) if one}
        free = max(shapes[one.kind].ends(one.start) + timedelta(minutes=shapes[one.kind].after) for one in made)
        same = [shape.ends(one.start) + timedelta(hours=shape.rest_hours) for one in made if one.kind == shape.kind]
        return start - timedelta(minutes=shape.before) >= free and all(start >= rested for rested in same)

    def _last_main(self, made: list[Planned]) -> datetime:
        return next(one.start for one in reversed(made) if one.follows is None)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _clock(self, at: datetime) -> int:
        local = at.astimezone(self.zone)
        return local.hour * 60 + local.minute
