"""A sharp drop of mood, exactly (clinical.md 5.2). Pure: the median of each of the client's days, and today."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from .trends import DayValue

BASE_DAYS, NEEDED = timedelta(days=14), 5
LAST, RECENT = 3, timedelta(days=3)  # of the last four calendar days, today counted in
LOW, LOWEST, DROP = -1, -3, 2
LOOKED_BACK = BASE_DAYS + RECENT


def has_dropped(days: Sequence[DayValue], today: date) -> bool:
    """Two of the last three recorded days far below what came before, or one at the lowest. `days` oldest first.

    What came before are the fourteen days before the first of the low ones, at least five of them with a value: the low
    days themselves don't lower what they are compared with.
    """
    last = [one for one in days if today - RECENT <= one.day <= today][-LAST:]
    low = [one for one in last if one.value <= LOW]
    if not low:
        return False
    base = _base(days, low[0].day)
    if base is not None and sum(one.value <= base - DROP for one in low) >= 2:
        return True
    lowest = next((one for one in low if one.value <= LOWEST), None)
    before = _base(days, lowest.day) if lowest else None
    return before is not None and before >= LOW


def _base(days: Sequence[DayValue], first: date) -> float | None:
    """The median of the fourteen days before one; None with too few of them."""
    values = [one.value for one in days if first - BASE_DAYS <= one.day < first]
    return median(values) if len(values) >= NEEDED else None
