"""Where somebody is in a timeline, as its address says it: which stretch, which room, and before or after which instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

from koru.moments.spans import Span

from .showing import HERE
from .story import SOURCES
from .window import Window, Zoom, day_of, whole, window_of, zoom_of

FIRST = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
AHEAD = timedelta(days=365)
JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """`only`: the one room it is narrowed to, empty for all. `before` and `after` are cursors; at most one of them holds.

    `at`: the instant that the list was opened at; then it begins with what is of that instant, or else before it.
    """

    zoom: Zoom
    on: date
    only: str
    before: datetime | None
    after: datetime | None
    now: datetime
    zone: ZoneInfo
    at: datetime | None = None

    def window(self, began: datetime) -> Window:
        return whole(began, self.now, self.zone) if self.zoom is Zoom.ALL else window_of(self.zoom, self.on)

    def span(self, window: Window) -> Span:
        """What the list shows of it: all of it reaches from the beginning to a year ahead."""
        around = Span(FIRST, self.now + AHEAD) if self.zoom is Zoom.ALL else window.span(self.zone)
        start = max(around.start, self.after + JUST_AFTER) if self.after else around.start
        end = min(around.end, self.before) if self.before else around.end
        return Span(start, end) if start < end else around

    def address(self, **other: str) -> str:
        """The query of another place: what isn't named stays, and a cursor only where it is named."""
        told = {"zoom": "" if self.zoom is Zoom.ALL else self.zoom.value, "on": "", "show": self.only, **other}
        if told["zoom"] and not told["on"]:
            told["on"] = self.on.isoformat()
        return "?" + urlencode({name: value for name, value in told.items() if value})


def place_of(asked: Mapping[str, str], zone: ZoneInfo, now: datetime) -> Place:
    """By an address. What can't be read is as if it wasn't there."""
    zoom, only = zoom_of(asked.get("zoom", "")), asked.get("show", "")
    at = _instant(asked.get("at", ""), now)
    before = at + JUST_AFTER if at else _instant(asked.get("before", ""), now)
    return Place(
        zoom=zoom,
        on=day_of(asked.get("on", ""), now.astimezone(zone).date()),
        only=only if only in SOURCES else "",
        before=before,
        after=None if before else _instant(asked.get("after", ""), now),
        now=now,
        zone=zone,
        at=at,
    )


def opened_at(path: str, at: datetime, only: str = "") -> str:
    """The address of a record's timeline, opened at an instant."""
    return f"{path}?{urlencode({'show': only, 'at': at.isoformat()} if only else {'at': at.isoformat()})}#{HERE}"


def _instant(words: str, now: datetime) -> datetime | None:
    try:
        instant = parse_datetime(words)
    except ValueError:
        return None
    if instant is None or instant.tzinfo is None or not FIRST < instant < now + AHEAD:
        return None
    return instant
