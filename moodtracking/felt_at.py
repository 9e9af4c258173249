"""Which moment a check-in is about: now, or an earlier time today or yesterday; memory bends further back. Pure."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from koru.moments.walltime import exists, instant_of


class When(StrEnum):
    NOW = "now"
    TODAY = "today"
    YESTERDAY = "yesterday"


class NotThen(ValueError):
    """That moment can't be checked in for; the words say why."""


def felt_at(when: When, clock: time | None, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant meant, by the client's own wall clock. Raises NotThen for one ahead, or that the clock skipped."""
    if when is When.NOW:
        return now
    if clock is None:
        raise NotThen("Add about what time it was, like 14:30.")
    day = now.astimezone(zone).date() - timedelta(days=when is When.YESTERDAY)
    if not exists(day, clock, zone):
        raise NotThen("The clocks changed that day, and that time was skipped. Pick one before or after.")
    instant = instant_of(day, clock, zone)
    if instant > now:
        raise NotThen("That time is still ahead. Pick an earlier one.")
    return instant


def is_within_reach(at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Today or yesterday by the client's calendar, and not ahead."""
    age = now.astimezone(zone).date() - at.astimezone(zone).date()
    return at <= now and age <= timedelta(days=1)
