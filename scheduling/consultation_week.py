"""Seven days of open times, as somebody in a zone sees them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.ui.times import MONTHS, short_day, spoken_day

from .choosing import read_start, wall_words
from .refusals import Refused

SATURDAY = 5
AT_ONCE = 6
SEVEN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """A start that can be had. `value` is what the form sends: the instant, in UTC."""

    start: datetime
    zone: ZoneInfo

    @property
    def value(self) -> str:
        return self.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")

    @property
    def day(self) -> str:
        return short_day(self.start.astimezone(self.zone).date())

    @property
    def words(self) -> str:
        """The time; in the hour that autumn repeats, with the zone's letters."""
        return wall_words(self.start, self.zone)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its times: a few spread over it stand at once, the rest behind "More times"."""

    day: date
    slots: tuple[Slot, ...]

    @property
    def few(self) -> tuple[Slot, ...]:
        return self.slots[:: max(1, ceil(len(self.slots) / AT_ONCE))]

    @property
    def rest(self) -> tuple[Slot, ...]:
        few = self.few
        return tuple(slot for slot in self.slots if slot not in few)

    @property
    def short(self) -> str:
        return short_day(self.day)

    @property
    def spoken(self) -> str:
        return spoken_day(self.day)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `first` on, in a zone."""

    first: date
    zone: ZoneInfo

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def span(self) -> Span:
        return Span(_midnight(self.first, self.zone), _midnight(self.first + SEVEN, self.zone))

    @property
    def words(self) -> str:
        """ "25 Nov to 1 Dec" """
        return " to ".join(f"{day.day} {MONTHS[day.month - 1][:3]}" for day in (self.first, self.last))

    def days(self, starts: Iterable[datetime]) -> list[Day]:
        """Each day with its times; a day of the weekend only when it has some."""
        by_day: dict[date, list[Slot]] = {self.first + timedelta(days=n): [] for n in range(7)}
        for start in sorted(set(starts)):
            by_day.setdefault(start.astimezone(self.zone).date(), []).append(Slot(start, self.zone))
        return [Day(day, tuple(slots)) for day, slots in by_day.items() if slots or day.weekday() < SATURDAY]


def week_from(text: str, zone: ZoneInfo, *, today: date, latest: date) -> Week:
    """The week that begins on the date given; today's for anything that is no date or lies outside."""
    try:
        first = date.fromisoformat(text)
    except ValueError:
        first = today
    return Week(min(max(first, today), latest), zone)


def week_of(text: str, zone: ZoneInfo, now: datetime) -> str:
    """The date to begin with so that a chosen time is on the page; empty when the first week has it."""
    try:
        day = read_start(text, zone).astimezone(zone).date()
    except Refused:
        return ""
    return day.isoformat() if day >= now.astimezone(zone).date() + SEVEN else ""


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return instant_of(day, time(), zone)
