"""Wall times as instants: what a clock on the wall says on a given date, true across clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether that wall time happens on that date: not in the hour that spring skips."""
    local = datetime.combine(day, at, zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a wall time on a date.

    A time that the spring change skips is the first instant after the gap; one that autumn repeats is the first of two.
    """
    local = datetime.combine(day, at, zone)
    if exists(day, at, zone):
        return local.astimezone(UTC)
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), local.astimezone(UTC), zone)


def _end_of_gap(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The change of offset between two instants: PEP 495 reads a skipped time with fold 1 before it, with fold 0 after."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def instants_of(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """Every instant, in UTC, at which that wall time is shown on a date: two in the hour that autumn repeats, else one.

    One that spring skips is the first instant after the gap.
    """
    first = instant_of(day, at, zone)
    second = datetime.combine(day, at, zone).replace(fold=1).astimezone(UTC)
    return [first, second] if exists(day, at, zone) and second > first else [first]
