"""A week of open times, or one day of it, ready to be shown as radios, with its neighbours: for booking and for moving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from koru.moments.spans import Span
from koru.ui.times import short_day, spoken_day

from .choosing import Clock, Day, Slot, monday_of, week_of, week_words
from .open_times import Wish, open_times
from .refusals import OpenTime, Refused, TimeTaken

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekPage:
    """`earlier` and `later` are the nearest of its kind with something open; `first` is the first open time of all."""

    monday: date
    words: str
    days: list[Day]
    zone_words: str
    other_zone: str
    earlier: date | None
    later: date | None
    any_open: bool
    first: Slot | None = None
    day: date | None = None
    near: tuple[Slot, ...] = ()

    @property
    def values(self) -> list[str]:
        return [slot.value for slot in (*self.near, *self.elsewhere, *self._shown) if not slot.note]

    @property
    def _shown(self) -> list[Slot]:
        return [slot for day in self.days for slot in day.slots]

    @property
    def elsewhere(self) -> list[Slot]:
        """The first open time, where it isn't among those shown."""
        shown = {slot.value for slot in self._shown}
        return [self.first] if self.first and self.first.value not in shown else []

    @property
    def unit(self) -> str:
        """What the neighbours are, as an address says it."""
        return "day" if self.day else "week"

    @property
    def single(self) -> date:
        """The day that stands for the week when one day is looked at."""
        return next((slot.day for slot in self._shown), self.monday)


def week_page(
    wish: Wish,
    clock: Clock,
    monday: date | None,
    *,
    now: datetime,
    refused: Refused | None = None,
    chosen: datetime | None = None,
    day: date | None = None,
    names: Mapping[UUID, str] | None = None,
    only: Callable[[list[OpenTime]], list[OpenTime]] = list,
) -> WeekPage:
    """The week asked for (of `day`, that day), else the first with something open. After a refusal: the nearest first.

    With `names` each time says whose it is: of several people at one time, the first in the wish's order. `only` leaves
    out what something that goes along has no time for.
    """
    openings = only(open_times(wish, Span(now, now + timedelta(days=wish.kind.horizon_days + 1)), now=now))
    taken = chosen if isinstance(refused, TimeTaken) else None
    start = openings[0].start if openings else now
    monday = monday_of(day) if day else monday or monday_of(_day(chosen or start, clock))
    days = _named(week_of(openings, monday, clock, taken), openings, names or {})
    page = WeekPage(
        monday=monday,
        words=week_words(monday, [_day(one.start, clock) for one in openings]),
        days=days,
        zone_words=clock.zone_words(start),
        other_zone=clock.other_words(start),
        earlier=None,
        later=None,
        any_open=bool(openings),
        first=_first(openings[0], clock, names or {}) if openings else None,
        near=tuple(near_slots(refused, clock)) if refused else (),
    )
    return _between(_of_day(page, day) if day else page, sorted({_day(one.start, clock) for one in openings}))


def _first(opening: OpenTime, clock: Clock, names: Mapping[UUID, str]) -> Slot:
    start = opening.start
    return replace(clock.slot(start), time=clock.short_words(start), whose=names.get(opening.therapist_id, ""))


def _of_day(page: WeekPage, day: date) -> WeekPage:
    slots = tuple(slot for one in page.days for slot in one.slots if slot.day == day)
    return replace(page, day=day, words=spoken_day(day), days=[Day(short_day(day), spoken_day(day), slots)])


def _between(page: WeekPage, open_days: Sequence[date]) -> WeekPage:
    """With its neighbours on either side."""
    if page.day:
        before = [day for day in open_days if day < page.day]
        after = [day for day in open_days if day > page.day]
    else:
        before = [monday_of(day) for day in open_days if day < page.monday]
        after = [monday_of(day) for day in open_days if day >= page.monday + WEEK]
    return replace(page, earlier=before[-1] if before else None, later=after[0] if after else None)


def _named(days: list[Day], openings: Sequence[OpenTime], names: Mapping[UUID, str]) -> list[Day]:
    whose: dict[str, str] = {}
    for one in openings:
        whose.setdefault(one.start.isoformat(), names.get(one.therapist_id, ""))
    return [replace(day, slots=tuple(replace(slot, whose=whose.get(slot.value, "")) for slot in day.slots)) for day in days]


def near_slots(refused: Refused, clock: Clock) -> list[Slot]:
    """The nearest open times with their day."""
    slots = [(one, clock.slot(one.start)) for one in refused.nearest]
    return [replace(slot, time=clock.short_words(one.start)) for one, slot in slots]


def _day(at: datetime, clock: Clock) -> date:
    return at.astimezone(clock.leading).date()
