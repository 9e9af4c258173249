"""One client's page: where they stand, a stretch of their time at a glance, and their timeline."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from koru.privacy.door import Record
from scheduling.around import Around, around

from .drawing import lanes_of
from .listing import jumps, table_rows
from .overview import Overview, overview_of
from .place import Place
from .showing import HERE, Reader, rows
from .story import SOURCES, page_after, page_of
from .window import Window, Zoom

SESSIONS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another stretch, and whether it is the one that is shown."""

    words: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class ClientView:
    """`older` and `newer` are the addresses of the pages beside this one, empty where there is nothing; `path` is its own."""

    around: Around
    timeline: SafeString
    older: str
    newer: str
    path: str
    place: Place
    window: Window
    overview: Overview

    @property
    def choices(self) -> SafeString:
        here = self.place
        return choices(here.only) if here.zoom is Zoom.ALL else drawn_choices(here.only, here.zoom.value, here.on.isoformat())

    @property
    def zooms(self) -> list[Way]:
        here = self.place
        words = {zoom: "" if zoom is Zoom.ALL else zoom.value for zoom in Zoom}
        return [Way(zoom.value.capitalize(), here.address(zoom=word), zoom is here.zoom) for zoom, word in words.items()]

    @property
    def beside(self) -> list[Way]:
        """The stretches before and after."""
        if self.place.zoom is Zoom.ALL:
            return []
        ways = (("Before", self.window.earlier), ("After", self.window.later))
        return [Way(words, self.place.address(on=day.isoformat())) for words, day in ways]

    @property
    def lanes(self) -> list[tuple[str, float, SafeString]]:
        return lanes_of(self.overview)

    @property
    def table(self) -> SafeString:
        return table_rows(self.overview.lines(self.place.zone))

    @property
    def sessions(self) -> SafeString:
        """To jump to: those that took place, newest first."""
        met = [one for one in self.overview.held if one.has_met][:SESSIONS_SHOWN]
        return jumps(met, self.place.zone, self.place.now.astimezone(self.place.zone).date(), self.path)


@cache
def choices(only: str) -> SafeString:
    """The ways to narrow all of a timeline, with the one that is shown marked: a handful, drawn once each."""
    return drawn_choices(only)


def drawn_choices(only: str, zoom: str = "", on: str = "") -> SafeString:
    return render_to_string("care/_choices.html", {"only": only, "names": tuple(SOURCES), "zoom": zoom, "on": on})


def client_view(record: Record, place: Place) -> ClientView:
    """What the page shows of a record, read while it is open."""
    near = around(record)
    window = place.window(record.client.joined_at)
    overview = overview_of(record, window.span(place.zone))
    page = (page_after if place.after else page_of)(record, place.span(window), place.only)
    path = reverse("care:client", args=[record.client.pk])
    reader = Reader(ZoneInfo(record.reader.zone), place.now, path)
    newer = page.moments[0].at if place.before and page.moments else page.newer
    return ClientView(
        around=near,
        timeline=rows(page.moments, reader, near.met.ended if near.met else None, HERE if place.at else ""),
        older=_cursor(place, "before", page.older),
        newer=_cursor(place, "after", newer),
        path=path,
        place=place,
        window=window,
        overview=overview,
    )


def _cursor(place: Place, which: str, at: datetime | None) -> str:
    return place.address(**{which: at.isoformat()}) if at else ""
