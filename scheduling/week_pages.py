"""One week of open times, ready to be shown as radios, with its neighbours: for booking and for moving."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from koru.moments.spans import Span

from .choosing import Clock, Day, Slot, monday_of, week_of, week_words
from .open_times import Wish, open_times
from .refusals import OpenTime, Refused, TimeTaken

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekPage:
    monday: date
    words: str
    days: list[Day]
    zone_words: str
    other_zone: str
    earlier: date | None
    later: date | None
    any_open: bool
    near: tuple[Slot, ...] = ()

    @property
    def values(self) -> list[str]:
        return [slot.value for slot in self.near] + [slot.value for day in self.days for slot in day.slots if not slot.note]


def week_page(
    wish: Wish,
    clock: Clock,
    monday: date | None,
    *,
    now: datetime,
    refused: Refused | None = None,
    chosen: datetime | None = None,
    only: Callable[[list[OpenTime]], list[OpenTime]] = list,
) -> WeekPage:
    """The week asked for, else the first with something open. After a refusal: the nearest times first."""
    openings = only(open_times(wish, Span(now, now + timedelta(days=wish.kind.horizon_days + 1)), now=now))
    monday = monday or (monday_of(_day(chosen, clock)) if chosen else _first_monday(openings, clock, now))
    days = [_day(one.start, clock) for one in openings]
    taken = chosen if isinstance(refused, TimeTaken) else None
    start = openings[0].start if openings else now
    page = WeekPage(
        monday=monday,
        words=week_words(monday, days),
        days=week_of(openings, monday, clock, taken),
        zone_words=clock.zone_words(start),
        other_zone=clock.other_words(start),
        earlier=max((monday_of(day) for day in days if day < monday), default=None),
        later=min((monday_of(day) for day in days if day >= monday + WEEK), default=None),
        any_open=bool(openings),
    )
    return replace(page, near=tuple(near_slots(refused, clock)) if refused else ())


def near_slots(refused: Refused, clock: Clock) -> list[Slot]:
    """The nearest open times with their day."""
    slots = [(one, clock.slot(one.start)) for one in refused.nearest]
    return [replace(slot, time=clock.short_words(one.start)) for one, slot in slots]


def _first_monday(openings: list[OpenTime], clock: Clock, now: datetime) -> date:
    return monday_of(_day(openings[0].start if openings else now, clock))


def _day(at: datetime, clock: Clock) -> date:
    return at.astimezone(clock.leading).date()
