"""At most one note a day and three in any seven days, apart from appointments: the less important is dropped. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

A_DAY, A_WEEK, WEEK = 1, 3, 7


@dataclass(frozen=True, slots=True)
class Counted:
    """A letter that counts, on the day by the reader's clock. What is out (`gone`) can't be dropped any more."""

    letter: UUID
    day: date
    priority: int
    gone: bool = False


def dropped(letters: Iterable[Counted]) -> frozenset[UUID]:
    """Which of one reader's letters are too many. Priority 1 stays before 2; among equals the earlier day."""
    kept: list[date] = []
    over: set[UUID] = set()
    for one in sorted(letters, key=lambda one: (not one.gone, one.priority, one.day, one.letter)):
        if one.gone or _has_room(one.day, kept):
            kept.append(one.day)
        else:
            over.add(one.letter)
    return frozenset(over)


def _has_room(day: date, kept: list[date]) -> bool:
    if kept.count(day) >= A_DAY:
        return False
    firsts = (day - timedelta(days=back) for back in range(WEEK))
    return all(sum(first <= other < first + timedelta(days=WEEK) for other in kept) < A_WEEK for first in firsts)
