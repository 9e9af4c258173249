"""What a clinical lead sees of the whole clinic: room for people, how soon flags are seen, how people fare. No client by name.

A number of clients is told only where it can't name anybody (`small_counts`), and as of the first of the month, so that
two looks a day apart don't tell who changed it. Nothing here is about how client and therapist get on (clinical.md 4.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from koru.people.clinic import clinic_today, clinic_zone
from koru.people.endings import Ending
from koru.people.models import Alliance, Cover, Person
from koru.safety.flags import Flag
from koru.safety.levels import Level
from moodtracking.measures.outcomes import Outcome, outcomes
from scheduling.models import Appointment, AvailabilityRule

from .small_counts import is_enough, shown

WEEK, LATELY, HALF_A_YEAR = timedelta(days=7), timedelta(days=90), timedelta(days=182)
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Therapist:
    """One therapist's room for people: `offered` and `booked` are hours, a usual week's and the next seven days'."""

    name: str
    clients: int
    covering: int
    offered: float
    booked: float
    open_flags: int
    late_flags: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Flags of one level in the last ninety days. `half`: in how many minutes the sooner half of those seen was seen."""

    level: str
    raised: int
    in_time: int
    late: int
    waiting: int
    half: int | None

    @property
    def half_words(self) -> str:
        return "" if self.half is None else f"{self.half} min" if self.half < 120 else f"{round(self.half / 60)} h"


@dataclass(frozen=True, slots=True)
class Fared:
    """One measure in words, small numbers left out."""

    title: str
    better: str
    sessions: str


@dataclass(frozen=True, slots=True)
class View:
    therapists: list[Therapist]
    seen: list[Seen]
    fared: list[Fared]
    goodbyes: str
    as_of: date


def supervision() -> View:
    now, as_of = timezone.now(), clinic_today().replace(day=1)
    return View(capacity(now), seen_in_time(now), [fared(one) for one in outcomes(as_of)], goodbyes(as_of), as_of)


def capacity(now: datetime) -> list[Therapist]:
    """One query for all of them."""
    mine, today = OuterRef("pk"), clinic_today()
    booked = Appointment.objects.filter(therapist=mine, state="booked", during__startswith__range=(now, now + WEEK))
    flags = Flag.objects.open().filter(owner=mine)
    rules = AvailabilityRule.objects.filter(therapist=mine, valid__contains=today)
    rows = Person.objects.therapists().annotate(
        works_with=_many(Alliance.objects.current().filter(therapist=mine, client__is_active=True), "therapist"),
        covers_for=_many(Cover.objects.current().filter(therapist=mine), "therapist"),
        hours_offered=_total(rules, F("closes") - F("opens"), "therapist"),
        hours_booked=_total(booked, F("during__endswith") - F("during__startswith"), "therapist"),
        flags_open=_many(flags, "owner"),
        flags_late=_many(flags.overdue(now), "owner"),
    )
    columns = ("display_name", "works_with", "covers_for", "hours_offered", "hours_booked", "flags_open", "flags_late")
    return [_therapist(row) for row in rows.order_by("display_name", "pk").values_list(*columns)]


def _therapist(row: tuple[Any, ...]) -> Therapist:
    name, clients, covering, offered, booked, open_flags, late_flags = row
    return Therapist(name, clients, covering, _hours(offered), _hours(booked), open_flags, late_flags)


def _hours(length: timedelta) -> float:
    return round(length.total_seconds() / 3600, 1)


def _many(rows: "QuerySet[Any]", whose: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(whose).annotate(many=Count("pk")).values("many")), 0)


def _total(rows: "QuerySet[Any]", length: Any, whose: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(whose).annotate(total=Sum(length)).values("total")), NOTHING)


def seen_in_time(now: datetime) -> list[Seen]:
    """By level, the most pressing first. One query."""
    lately = Flag.objects.filter(raised_at__gt=Now() - LATELY).order_by()
    rows = list(lately.values_list("level", "counted_from", "due_at", "acknowledged_at"))
    levels = (seen_of(level, [row[1:] for row in rows if row[0] == level], now) for level in sorted(Level, reverse=True))
    return [one for one in levels if one]


def seen_of(level: Level, rows: Iterable[tuple[datetime, datetime, datetime | None]], now: datetime) -> Seen | None:
    """From when it counts, when it is due, when somebody saw it. None without any. Pure."""
    flags = list(rows)
    if not flags:
        return None
    waits = [(seen - since).total_seconds() / 60 for since, _, seen in flags if seen]
    return Seen(
        level=level.label,
        raised=len(flags),
        in_time=sum(seen is not None and seen <= due for _, due, seen in flags),
        late=sum((seen or now) > due for _, due, seen in flags),
        waiting=sum(seen is None for *_, seen in flags),
        half=round(median(waits)) if waits else None,
    )


def goodbyes(as_of: date) -> str:
    """Of those whose first session was half a year before that day or more, how many have finished with a goodbye by then.

    One query. Empty where too few have begun.
    """
    day = datetime.combine(as_of, time(), clinic_zone())
    begun = Appointment.objects.filter(kind="dosing", state="met", during__startswith__lt=day - HALF_A_YEAR)
    ended = Ending.objects.finished().filter(ended_at__lt=day).values("client")
    people = begun.order_by().aggregate(
        all=Count("client", distinct=True), finished=Count("client", filter=Q(client__in=ended), distinct=True)
    )
    return shown(people["finished"], people["all"])


def fared(one: Outcome) -> Fared:
    """In words; what is said of too few people is left out. Pure."""
    better = shown(one.better, one.people)
    if not is_enough(one.better) or one.sessions is None:
        return Fared(one.title, better, "")
    low, half, high = one.sessions
    return Fared(one.title, better, f"{half}" if low == high else f"{half} (half of them {low} to {high})")
