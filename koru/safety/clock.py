"""Working time: by when somebody looks, in the clinic's open hours (clinical.md 5.4). Pure; true across clock changes.

Hours are elapsed time within the open windows. Days are the clinic's own open days, at the same wall time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of

from .levels import Level

Windows = tuple[tuple[time, time], ...]
Shut = tuple[tuple[time, time | None], ...]
OFFICE: Mapping[int, Windows] = MappingProxyType({day: ((time(9), time(17)),) for day in range(1, 6)})
WITHIN: Mapping[Level, timedelta] = MappingProxyType({Level.URGENT: timedelta(hours=1), Level.PROMPT: timedelta(hours=4)})
ROUTINE_DAYS = 2
LOOKED_AHEAD = 3 * 366  # days: a clinic that opens for a quarter of an hour a week needs more than one year


class NeverOpen(ValueError):
    """Not enough open hours within three years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A clinic's open hours by ISO weekday, minus closed days and the hours `shut` on some.

    `on_call`: somebody is told at any hour. `within`: how long who has to look may take.
    """

    zone: ZoneInfo
    week: Mapping[int, Windows] = field(default_factory=lambda: OFFICE)
    closed: frozenset[date] = frozenset()
    on_call: bool = False
    shut: Mapping[date, Shut] = field(default_factory=dict)
    within: Mapping[Level, timedelta] = field(default_factory=lambda: WITHIN)

    def windows(self, day: date) -> list[Span]:
        """When the clinic is open on a day; a window that a clock change swallows is none."""
        if day in self.closed:
            return []
        ends = ((instant_of(day, opens, self.zone), instant_of(day, closes, self.zone)) for opens, closes in self._wall(day))
        return [Span(start, end) for start, end in ends if end > start]

    def ahead(self, moment: datetime) -> Iterator[Span]:
        """What is left of the open windows from a moment on. Raises NeverOpen after three years."""
        first = moment.astimezone(self.zone).date()
        for day in (first + timedelta(days=n) for n in range(-1, LOOKED_AHEAD)):
            for window in self.windows(day):
                if window.end > moment:
                    yield Span(max(window.start, moment), window.end)
        raise NeverOpen("the clinic has no open hours")

    def is_open(self, moment: datetime) -> bool:
        return any(window.holds(moment) for window in self.windows(moment.astimezone(self.zone).date()))

    def _wall(self, day: date) -> Windows:
        windows = tuple(sorted(self.week.get(day.isoweekday(), ())))
        for shuts, reopens in self.shut.get(day, ()):
            windows = tuple(rest for window in windows for rest in _without(window, shuts, reopens))
        return windows


def _without(window: tuple[time, time], shuts: time, reopens: time | None) -> Windows:
    """What is left of a window; nothing after `shuts` where it doesn't open again that day."""
    opens, closes = window
    rests = ((opens, min(closes, shuts)), (max(opens, reopens or time.max), closes))
    return tuple((start, end) for start, end in rests if start < end)


def after(moment: datetime, work: timedelta, hours: Hours) -> datetime:
    """The instant at which so much open time has passed."""
    left = work
    for window in hours.ahead(moment):
        length = window.end - window.start
        if left <= length:
            return window.start + left
        left -= length
    raise NeverOpen("the clinic has no open hours")


def days_after(moment: datetime, days: int, hours: Hours) -> datetime:
    """The same wall time so many open days later; from the next opening when the clinic is closed.

    A day that is shorter ends the wait at its close, one that begins later at its opening.
    """
    begun = next(hours.ahead(moment)).start
    local = begun.astimezone(hours.zone)
    day, wall = local.date(), local.time()
    for _ in range(days):
        day = _next_open_day(day, hours)
    wanted = instant_of(day, wall, hours.zone)
    windows = hours.windows(day)
    if wanted >= windows[-1].end:
        return windows[-1].end
    return next(max(window.start, wanted) for window in windows if window.end > wanted)


def _next_open_day(day: date, hours: Hours) -> date:
    for n in range(1, LOOKED_AHEAD):
        if hours.windows(day + timedelta(days=n)):
            return day + timedelta(days=n)
    raise NeverOpen("the clinic has no open hours")


def look_by(level: Level, raised: datetime, hours: Hours, *, times: int = 1, meeting: datetime | None = None) -> datetime:
    """By when somebody looks at a flag; `times` as long for the later steps. `meeting`: a routine one is looked at before.

    Always an instant: a flag without one can't be kept. At a clinic that is never open, hours and days count as on any clock.
    """
    try:
        due = _look_by(level, raised, hours, times)
    except NeverOpen:
        due = raised + (timedelta(days=ROUTINE_DAYS) if level == Level.ROUTINE else hours.within[level]) * times
    return min(due, meeting) if level == Level.ROUTINE and meeting and meeting > raised else due


def _look_by(level: Level, raised: datetime, hours: Hours, times: int) -> datetime:
    if level == Level.ROUTINE:
        return days_after(raised, ROUTINE_DAYS * times, hours)
    wait = hours.within[level] * times
    return raised + wait if level == Level.URGENT and hours.on_call else after(raised, wait, hours)
