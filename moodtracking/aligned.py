"""Several sessions laid over each other by the days before and after each: from a week before to four weeks after. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from .trends import DayValue

BEFORE, AFTER = -7, 28
MOST = 4
FOR_A_MIDDLE = 3


@dataclass(frozen=True)
class Around:
    """The days around one session. `points`: whole days since its day, and the value; a day without one isn't there."""

    number: int
    day: date
    points: tuple[tuple[int, float], ...]


def aligned(days: Sequence[DayValue], sessions: Sequence[date]) -> tuple[Around, ...]:
    """Each session with its days; they end where the next session begins, so that no day is told as after both."""
    later = [*sessions[1:], date.max]
    found = (Around(number, day, _points(days, day, later[number - 1])) for number, day in enumerate(sessions, 1))
    return tuple(one for one in found if one.points)


def _points(days: Sequence[DayValue], session: date, following: date) -> tuple[tuple[int, float], ...]:
    near = (((one.day - session).days, one.value) for one in days if one.day < following)
    return tuple((since, value) for since, value in near if BEFORE <= since <= AFTER)


def middle_of(courses: Sequence[Around]) -> tuple[tuple[int, float], ...]:
    """The median over all sessions, on days since where three or more have a value."""
    by_day: dict[int, list[float]] = defaultdict(list)
    for course in courses:
        for since, value in course.points:
            by_day[since].append(value)
    return tuple((since, median(values)) for since, values in sorted(by_day.items()) if len(values) >= FOR_A_MIDDLE)


def since_words(since: int) -> str:
    """ "3 days before", "the day itself", "1 day after" """
    if since == 0:
        return "the day itself"
    count = f"{abs(since)} {'day' if abs(since) == 1 else 'days'}"
    return f"{count} {'before' if since < 0 else 'after'}"
