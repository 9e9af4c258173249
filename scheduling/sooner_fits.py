"""Whether a time fits what somebody waits for. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from .sooner import Part, SoonerWish

NOON, FIVE = time(12), time(17)


def part_of(at: time) -> Part:
    if at < NOON:
        return Part.MORNING
    return Part.AFTERNOON if at < FIVE else Part.EVENING


def fits(wish: SoonerWish, start: datetime, zone: ZoneInfo, known_at: datetime) -> bool:
    """By the clock of `zone`. `known_at` is the last moment at which they may say yes; from then the notice counts."""
    here = start.astimezone(zone)
    return (
        (not wish.weekdays or here.isoweekday() in wish.weekdays)
        and (not wish.parts or part_of(here.time()) in wish.parts)
        and (wish.first_day is None or wish.first_day <= here.date())
        and (wish.last_day is None or here.date() <= wish.last_day)
        and start >= known_at + timedelta(hours=wish.notice_hours)
    )
