"""A stretch of a timeline: a day, a week, a month, a year, or all of it; by the calendar of who reads. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.ui.times import MONTHS, spoken_day

A_DAY = timedelta(days=1)
FIRST_YEAR, YEARS_AHEAD = 2000, 2


class Zoom(StrEnum):
    ALL = "all"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Window:
    """From the day `first` up to, not including, `until`."""

    zoom: Zoom
    first: date
    until: date

    def span(self, zone: ZoneInfo) -> Span:
        return Span(instant_of(self.first, time(0), zone), instant_of(self.until, time(0), zone))

    @property
    def earlier(self) -> date:
        """A day of the one before."""
        return self.first - A_DAY

    @property
    def later(self) -> date:
        return self.until

    @property
    def edges(self) -> tuple[str, str]:
        """Its first and its last day, in short."""
        first, last = (f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" for day in (self.first, self.until - A_DAY))
        return first, last

    @property
    def words(self) -> str:
        last = self.until - A_DAY
        return {
            Zoom.DAY: f"{spoken_day(self.first)} {self.first.year}",
            Zoom.WEEK: f"{self.first.day} {MONTHS[self.first.month - 1]} to {last.day} {MONTHS[last.month - 1]} {last.year}",
            Zoom.MONTH: f"{MONTHS[self.first.month - 1]} {self.first.year}",
            Zoom.YEAR: str(self.first.year),
            Zoom.ALL: "All of it",
        }[self.zoom]


def zoom_of(word: str) -> Zoom:
    """As an address says it; all of it for any other word."""
    return next((zoom for zoom in Zoom if zoom.value == word), Zoom.ALL)


def day_of(word: str, today: date) -> date:
    """The day in an address; today for what is none, or lies out of reach."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return today
    return day if FIRST_YEAR < day.year <= today.year + YEARS_AHEAD else today


def window_of(zoom: Zoom, on: date, *, week_starts: int = 1) -> Window:
    """The stretch around a day. `week_starts`: an ISO weekday. All of it has no edges of its own: see `whole`."""
    if zoom is Zoom.WEEK:
        first = on - timedelta(days=(on.isoweekday() - week_starts) % 7)
        return Window(zoom, first, first + 7 * A_DAY)
    if zoom is Zoom.MONTH:
        first = on.replace(day=1)
        return Window(zoom, first, (first + 31 * A_DAY).replace(day=1))
    if zoom is Zoom.YEAR:
        first = on.replace(month=1, day=1)
        return Window(zoom, first, first.replace(year=first.year + 1))
    return Window(zoom, on, on + A_DAY)


def whole(began: datetime, now: datetime, zone: ZoneInfo) -> Window:
    """From somebody's first day here until tomorrow; at least a week."""
    today = now.astimezone(zone).date()
    first = min(began.astimezone(zone).date(), today - 6 * A_DAY)
    return Window(Zoom.ALL, first, today + A_DAY)
