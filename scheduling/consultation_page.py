"""What the page of open times shows: a week of them in somebody's zone, and the way to earlier and later ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from koru.people.clinic import clinic_zone

from .consultation_week import SEVEN, Day, Slot, Week, week_from, week_of
from .consultation_zones import ZoneChoice, zone_choices, zone_named
from .open_times import Wish, open_times
from .refusals import OpenTime


@dataclass(frozen=True, slots=True)
class TimesPage:
    """One week of open times. `guess`: the browser may put its own zone in place of the clinic's."""

    zone: ZoneInfo
    zones: Sequence[ZoneChoice]
    guess: bool
    week: Week
    days: Sequence[Day]
    earlier: str
    later: str
    minutes: int
    price: str

    @property
    def is_empty(self) -> bool:
        return not any(day.slots for day in self.days)


def asked_zone(asked: Mapping[str, Any], usual: str = "") -> tuple[ZoneInfo, str]:
    """The zone that was asked for, else the usual one, else the clinic's; and what to say about one nobody knows."""
    name = str(asked.get("zone") or usual)
    zone = zone_named(name)
    if zone is None:
        note = "We don't know that time zone, so these are the clinic's times." if name else ""
        return clinic_zone(), note
    return zone, ""


def times_page(request: HttpRequest, wish: Wish, zone: ZoneInfo, *, has_usual: bool) -> TimesPage:
    """The week asked for by `show`, in a zone. It is guessed only where none was asked for and none is known."""
    asked = request.POST if request.method == "POST" else request.GET
    now = timezone.now()
    terms = wish.terms(now)
    week = week_from(
        str(asked.get("show") or week_of(str(asked.get("at", "")), zone, now)),
        zone,
        today=terms.earliest.astimezone(zone).date(),
        latest=terms.latest.astimezone(zone).date(),
    )
    starts = [found.start for found in open_times(wish, week.span, now=now, terms=terms)]
    clinic = clinic_zone()
    return TimesPage(
        zone=zone,
        zones=zone_choices(zone, clinic, now),
        guess="zone" not in asked and not has_usual,
        week=week,
        days=week.days(starts),
        earlier=(week.first - SEVEN).isoformat() if week.span.start > max(now, terms.earliest) else "",
        later=(week.first + SEVEN).isoformat() if week.span.end < terms.latest else "",
        minutes=wish.kind.minutes,
        price=wish.kind.price_words,
    )


def slots(found: Sequence[OpenTime], zone: ZoneInfo) -> list[Slot]:
    return [Slot(one.start, zone) for one in found]


def next_open(wish: Wish, zone: ZoneInfo, *, now: datetime, count: int = 4, a_day: int = 2) -> list[Slot]:
    """The next open times, no more than two of one day: a choice of days, not a morning."""
    found = open_times(wish, Week(now.astimezone(zone).date(), zone).span, now=now)
    further = found or open_times(wish, Week(now.astimezone(zone).date() + SEVEN, zone).span, now=now)
    taken: dict[Any, int] = {}
    chosen = []
    for start in sorted({one.start for one in further}):
        day = start.astimezone(zone).date()
        taken[day] = taken.get(day, 0) + 1
        if taken[day] <= a_day:
            chosen.append(Slot(start, zone))
    return chosen[:count]
