"""Moments as rows of a timeline. Written without the template engine's loop, which took twelve times as long."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from koru.moments.moment import Moment
from koru.ui.times import short_day, spoken_time

OPENS = {
    "entry": ("entries", "Read all of it"),
    "passage": ("passages", "Read all of it"),
    "measure": ("measures", "Item by item"),
    "connection": ("connection", "Line by line"),
}
LOOKS = ("session", "clay", "future")
HERE = "here"
MET = '<li class="moment since"><p class="small quiet">You last met here</p></li>'


class Reader:
    """Whose wall clock is shown (days are spoken once each), and the path of the record they read."""

    def __init__(self, zone: ZoneInfo, now: datetime, path: str = "") -> None:
        self.zone = zone
        self.path = path
        self.today = now.astimezone(zone).date()
        self._days: dict[date, str] = {self.today: "Today"}

    def day(self, day: date) -> str:
        if day not in self._days:
            year = "" if day.year == self.today.year else f" {day.year}"
            self._days[day] = short_day(day) + year
        return self._days[day]

    def when(self, moment: Moment) -> str:
        local = moment.at.astimezone(self.zone)
        words = f"{self.day(local.date())}, {spoken_time(local)}"
        return words if moment.until is None else f"{words} to {spoken_time(moment.until.astimezone(self.zone))}"


@cache
def look(marks: frozenset[str]) -> str:
    return "".join(f" {one}" for one in LOOKS if one in marks)


def row(moment: Moment, reader: Reader, name: str = "") -> str:
    """`name`: what a link to it calls it."""
    words = moment.words
    named = f' id="{name}"' if name else ""
    tag = f'<span class="tag{" dusk" if "bring" in moment.marks else ""}">{escape(words.tag)}</span>' if words.tag else ""
    body = escape(words.body)
    quoted = f'<blockquote class="quote" dir="auto">{body}</blockquote>' if body and "words" in moment.marks else ""
    links = [f'<a href="{reader.path}with/{which}/">{escape(invites)}</a>' for invites, which in words.beside]
    last = " ".join(part for part in (tag, "" if quoted else body, *links, _link(moment, reader, body)) if part)
    when = f'<time datetime="{moment.at.isoformat()}">{reader.when(moment)}</time>'
    return (
        f'<li class="moment{look(moment.marks)}"{named}><p class="small quiet">{when}</p>'
        f'<h3 dir="auto">{escape(words.title)}</h3>{quoted}{f"""<p class="small">{last}</p>""" if last else ""}</li>'
    )


def _link(moment: Moment, reader: Reader, body: str) -> str:
    """Where there is more to open: an entry's words, a measure's items."""
    place, words = OPENS.get(moment.kind, ("", ""))
    said = words if body else "Open it"
    return f'<a href="{reader.path}{place}/{moment.about}/">{said}</a>' if place else ""


def rows(moments: Iterable[Moment], reader: Reader, met: datetime | None = None, name: str = "") -> SafeString:
    """The rows of a timeline; a line marks where therapist and client last met, when that lies within.

    `name`: what a link calls the first of them, where the list was opened at it.
    """
    shown: list[str] = []
    above = False
    for moment in moments:
        if met is not None and moment.at <= met and above:
            shown.append(MET)
            met = None
        above = above or (met is not None and moment.at > met)
        shown.append(row(moment, reader, name))
        name = ""
    return SafeString("".join(shown))  # every part of it was escaped above
