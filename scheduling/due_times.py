"""When the letters about an appointment are due, in the reader's zone (clinical.md section 8). Pure.

Offsets in days are calendar days at a clock time; offsets in hours are elapsed time. Quiet hours are the outbox's.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of

WAKING = time(8)
MORNING = time(9)
FORENOON = time(10)
EVENING = time(18)
DAYS_AFTER_DOSING = 2


def days_before(start: datetime, days: int, zone: ZoneInfo, at: time | None = None) -> datetime:
    """So many calendar days before, at a clock time: by default that of the start itself."""
    local = start.astimezone(zone)
    return instant_of(local.date() - timedelta(days=days), at or local.time(), zone)


def hours_before(start: datetime, hours: int) -> datetime:
    return start.astimezone(UTC) - timedelta(hours=hours)


def morning_after(end: datetime, zone: ZoneInfo, at: time = MORNING) -> datetime:
    """The next calendar day at nine."""
    return instant_of(end.astimezone(zone).date() + timedelta(days=1), at, zone)


def evening_after(end: datetime, zone: ZoneInfo, *, is_dosing: bool) -> datetime:
    """Six in the evening of its day, or nine the next morning when it ended later; after a dosing session on day 2."""
    day = end.astimezone(zone).date()
    if is_dosing:
        return instant_of(day + timedelta(days=DAYS_AFTER_DOSING), EVENING, zone)
    evening = instant_of(day, EVENING, zone)
    return evening if end <= evening else morning_after(end, zone)


def quiet_day(start: datetime, zone: ZoneInfo) -> Span:
    """From the start of a dosing session until eight the next morning nothing asks anything."""
    return Span(start, morning_after(start, zone, WAKING))
