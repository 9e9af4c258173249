"""Covers as they are read: by days of the clinic's calendar, and whether they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.sealing.keyring import bring_of
from koru.ui.times import spoken_day

from .clinic import clinic_zone
from .models import Cover


@dataclass(frozen=True, slots=True)
class Line:
    """One cover in words. `last` is its last day by the clinic's calendar."""

    cover: Cover
    first: str
    last: str
    state: str

    @property
    def can_end(self) -> bool:
        return self.state in ("now", "ahead")


def days_of(first: date, last: date, zone: ZoneInfo) -> Span:
    """From the start of the first day to the end of the last, by the clinic's clock. Raises ValueError when it ends before."""
    start, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    return Span(start, end)


def lines_of(covers: Iterable[Cover], now: datetime) -> list[Line]:
    """With their days and whether they stand."""
    zone, covers = clinic_zone(), list(covers)
    bring_of(cover.client_id for cover in covers)
    return [_line(one, zone, now) for one in covers]


def _line(cover: Cover, zone: ZoneInfo, now: datetime) -> Line:
    first = cover.span.start.astimezone(zone).date()
    return Line(cover, spoken_day(first), spoken_day(last_day(cover.span.end, zone)), state_of(cover, now))


def state_of(cover: Cover, now: datetime) -> str:
    if cover.ended_at:
        return "ended"
    return "now" if cover.span.holds(now) else "ahead" if cover.span.start > now else "over"


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The day in which something ends that goes up to, not including, `end`."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()
