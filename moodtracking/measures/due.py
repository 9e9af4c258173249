"""When a measure is asked (clinical.md 4.7). Pure: client days in, client days out.

Never on the day of a dosing session nor the day after; from its day on for seven days, then not until the next interval;
at most one longer than two minutes a day.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise

from .schedules import Schedule

DAY = timedelta(days=1)
ASKED_FOR = timedelta(days=7)
UNFINISHED_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Window:
    """Due on a day, asked from `asked` up to, not including, `until`."""

    due: date
    asked: date
    until: date

    def holds(self, day: date) -> bool:
        return self.asked <= day < self.until


@dataclass(frozen=True, slots=True)
class Assigned:
    """What the asking depends on: since when, how often, and when it was last filled in."""

    slug: str
    schedule: Schedule
    begins: date
    last: date | None = None
    not_within_days: int = 0
    is_long: bool = False


def quiet_days(sessions: Iterable[date]) -> frozenset[date]:
    """The days of dosing sessions and the days after: nothing is asked then."""
    return frozenset(day for session in sessions for day in (session, session + DAY))


def first_free(day: date, quiet: Collection[date]) -> date:
    while day in quiet:
        day += DAY
    return day


def window(one: Assigned, sessions: Collection[date], today: date) -> Window | None:
    """The window that is open, or else the next one. None: there is none ahead."""
    return next((found for found in windows(one, sessions) if found.until > today), None)


def lapsed(one: Assigned, sessions: Collection[date], today: date) -> list[Window]:
    """Windows since it was last filled in that closed without: "not filled"."""
    found = []
    for each in windows(one, sessions):
        if each.until > today:
            break
        found.append(each)
    return found


def windows(one: Assigned, sessions: Collection[date]) -> Iterator[Window]:
    """All windows after the last filling-in, in order. Without end for what repeats."""
    earliest = one.last + timedelta(days=max(one.not_within_days, 1)) if one.last else one.begins
    if one.schedule.sessions:
        found = _around(one.schedule, sessions)
    elif one.schedule.repeats:
        found = _repeating(one, quiet_days(sessions))
    else:
        found = _once(one, quiet_days(sessions))
    return (each for each in found if each.asked >= earliest and each.due >= one.begins)


def _once(one: Assigned, quiet: Collection[date]) -> Iterator[Window]:
    """A beginning is asked for until it is there."""
    if one.last is None or one.last < one.begins:
        yield Window(one.begins, first_free(one.begins, quiet), date.max)


def _repeating(one: Assigned, quiet: Collection[date]) -> Iterator[Window]:
    """From the last one on; from the day it was assigned when an interval has passed by then, or there is none before."""
    goes_on = one.last is not None and _later(one.schedule, one.last, 1) >= one.begins
    start = one.last if goes_on and one.last else one.begins
    days = (_later(one.schedule, start, number) for number in count(1 if goes_on else 0))
    for due, following in pairwise(days):
        asked = first_free(due, quiet)
        until = min(asked + ASKED_FOR, following)
        if asked < until:
            yield Window(due, asked, until)


def _later(schedule: Schedule, start: date, times: int) -> date:
    """So many intervals after a day; months are counted from it, so that none is lost at their ends."""
    if schedule.days:
        return start + timedelta(days=schedule.days * times)
    year, month = divmod(start.year * 12 + start.month - 1 + schedule.months * times, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _around(schedule: Schedule, sessions: Collection[date]) -> Iterator[Window]:
    """From each session: what is meant for before it ends with it."""
    quiet = quiet_days(sessions)
    pairs = sorted((session + timedelta(days=offset), offset, session) for session in sessions for offset in schedule.sessions)
    for due, offset, session in pairs:
        asked = first_free(due, quiet)
        until = min(asked + ASKED_FOR, session) if offset < 0 else asked + ASKED_FOR
        if asked < until:
            yield Window(due, asked, until)


def offered(
    assigned: Sequence[Assigned], sessions: Collection[date], today: date, *, had_a_long_one: bool = False
) -> list[tuple[Assigned, Window]]:
    """What is asked today, the longest open first. Of those longer than two minutes one a day; the rest move on."""
    if today in quiet_days(sessions):
        return []
    found = [(one, each) for one in assigned if (each := window(one, sessions, today)) and each.holds(today)]
    found.sort(key=lambda pair: (pair[1].asked, pair[0].slug))
    longs = [one for one, _ in found if one.is_long]
    kept = longs[:1] if not had_a_long_one else []
    return [(one, each) for one, each in found if not one.is_long or one in kept]


def last_day_of(started: date) -> date:
    """The last of a client's days on which a fill that was begun may be finished."""
    return started + UNFINISHED_FOR
