"""The page of letters at the desk: how they fare, and those that did not arrive. Never their words, nor an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.reminders.lateness import Lateness, Standing, lateness, standing
from koru.reminders.models import Letter
from koru.ui.times import spoken_instant

from .readers import known_readers

SHOWN = 50
TIMES = (("Last day", timedelta(days=1)), ("Last seven days", timedelta(days=7)))
A_MINUTE, AN_HOUR = 60, 3600
REASONS = {
    "text unknown": "That number gets no text messages.",
    "text ": "The provider of text messages would not take it.",
    "5.1.": "There is no such address.",
    "5.2.": "The mailbox is full or closed.",
    "no answer": "The mail server fell silent, four times.",
    "an address": "The address is not one that can be written to.",
    "can't be": "It could not be written. This is for whoever runs Koru.",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """A letter that did not arrive. `link` leads to where the address is put right, if the desk may."""

    id: str
    name: str
    what: str
    when: str
    why: str
    code: str
    link: str
    came_back: bool
    useful: bool


@dataclass(frozen=True, slots=True)
class Speed:
    """Of the letters due within a time, in words."""

    over: str
    went: int
    half: str
    nearly_all: str
    too_late: int


@dataclass(frozen=True, slots=True)
class LettersPage:
    now: Standing
    speeds: Sequence[Speed]
    fates: Sequence[Fate]
    more: int

    @property
    def some_useful(self) -> bool:
        return any(one.useful for one in self.fates)


def letters_page(now: datetime, zone: ZoneInfo) -> LettersPage:
    """A fixed number of queries, however many letters."""
    rows = list(Letter.objects.not_arrived().select_related("to").order_by("-due_at", "pk")[:SHOWN])
    found, stands = fates(rows, now, zone), standing()
    speeds = [_speed(name, lateness(over)) for name, over in TIMES]
    return LettersPage(stands, speeds, found, max(0, stands.not_arrived - len(rows)))


def fates(rows: Sequence[Letter], now: datetime, zone: ZoneInfo) -> list[Fate]:
    readers = known_readers(rows)
    return [_fate(one, *readers[one.pk], now, zone) for one in rows]


def _fate(letter: Letter, name: str, link: str, now: datetime, zone: ZoneInfo) -> Fate:
    return Fate(
        id=str(letter.pk),
        name=name,
        what=letter.kind.replace("-", " ").capitalize(),
        when=spoken_instant(letter.due_at, zone, this_year=now.astimezone(zone).year),
        why=reason(letter.failure),
        code=letter.failure,
        link=link,
        came_back=letter.bounced_at is not None,
        useful=letter.not_after is None or letter.not_after > now,
    )


def reason(failure: str) -> str:
    """What the mail server's answer means, for somebody at a desk."""
    said = next((words for sign, words in REASONS.items() if sign in failure), "")
    refused = "The mail server refused it." if failure.startswith("5") else "The mail server would not take it, four times."
    return said or refused


def _speed(over: str, it: Lateness) -> Speed:
    return Speed(over, it.went, duration(it.half), duration(it.nearly_all), it.too_late)


def duration(seconds: float | None) -> str:
    """ "4 s", "3 min", "2 h": as exact as anybody needs it. Nothing for none."""
    if seconds is None:
        return ""
    if seconds < A_MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / A_MINUTE:.0f} min" if seconds < AN_HOUR else f"{seconds / AN_HOUR:.0f} h"
