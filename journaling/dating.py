"""The moment that words are about: now, or a day and a part of it in the writer's own days (FEATURES.md trap 14). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.moments.walltime import instant_of

WHOLE_DAY = "day"
PARTS: dict[str, tuple[str, time]] = {
    WHOLE_DAY: ("Some time that day", time(12)),
    "morning": ("In the morning", time(9)),
    "afternoon": ("In the afternoon", time(15)),
    "evening": ("In the evening", time(20)),
    "night": ("At night", time(23, 30)),
}
FIRST = date(1900, 1, 1)


class NotYet(ValueError):
    """The day, or that part of it, is still to come."""


class TooLongAgo(ValueError):
    """Before anything that somebody could remember."""


@dataclass(frozen=True, slots=True)
class About:
    """A moment written about, the client's day it belongs to, and the part chosen; empty for the moment of writing."""

    at: datetime
    day: date
    part: str = ""


def about_now(now: datetime, zone: ZoneInfo, day_starts: time) -> About:
    return About(now, local_day(now, zone, day_starts))


def about(day: date, part: str, now: datetime, zone: ZoneInfo, day_starts: time) -> About:
    """A day of the writer, by the zone they write in. Today without a part is now. Raises NotYet, TooLongAgo."""
    today = local_day(now, zone, day_starts)
    if day == today and part in ("", WHOLE_DAY):
        return about_now(now, zone, day_starts)
    if day > today:
        raise NotYet
    if day < FIRST:
        raise TooLongAgo
    chosen = part or WHOLE_DAY
    at = _instant_in(day, PARTS[chosen][1], zone, day_starts)
    if at > now:
        raise NotYet
    return About(at, day, chosen)


def _instant_in(day: date, at: time, zone: ZoneInfo, day_starts: time) -> datetime:
    """A wall time within a client's day: one before the day's start comes after midnight."""
    return instant_of(day if at >= day_starts else day + timedelta(days=1), at, zone)
