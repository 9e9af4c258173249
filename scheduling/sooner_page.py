"""Who waits for something sooner, in words: what for, and what is offered them now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from koru.people.models import Clinic, Person
from koru.ui.times import WEEKDAYS, short_day, spoken_instant, spoken_time, spoken_zone

from .letter_words import where_words
from .models import Appointment, SoonerOffer, SoonerWish
from .offering_sooner import zone_of
from .sooner import Part


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer to answer now. `instead` is the later time it would take the place of, empty without one."""

    offer: SoonerOffer
    when: str
    where: str
    until: str
    instead: str


def live_offers(wishes: "list[SoonerWish]", clinic: Clinic, now: datetime) -> list[Offered]:
    """What those who wait may answer at this moment, the soonest first. One query."""
    rows = SoonerOffer.objects.filter(wish__in=wishes, answer="", until__gt=now, held__isnull=False).order_by("start")
    related = ("wish", "wish__client", "wish__request", "wish__about", "wish__about__room", "held", "held__room", "therapist")
    return [_offered(one, clinic) for one in rows.select_related(*related)]


def _offered(offer: SoonerOffer, clinic: Clinic) -> Offered:
    held, about = offer.held, offer.wish.about
    zone = ZoneInfo(held.room.zone) if held and held.room else ZoneInfo(offer.wish.zone)
    where = where_words(held, clinic) if held else ""
    until = spoken_instant(offer.until, ZoneInfo(offer.wish.zone))
    return Offered(offer, _when(offer.start, zone), where, until, _when(about.starts, zone) if about else "")


def _when(start: datetime, zone: ZoneInfo) -> str:
    return f"{spoken_instant(start, zone)}, {spoken_zone(zone, start)}"


def waits_in_words(wish: SoonerWish) -> str:
    """ "Mondays and Tuesdays, in the morning, not before Mon 7 Dec, with Demo Wren" """
    return ", ".join(_words(wish)) or "any time"


def _words(wish: SoonerWish) -> Iterator[str]:
    if wish.weekdays:
        *others, last = (f"{WEEKDAYS[day - 1]}s" for day in wish.weekdays)
        yield f"{', '.join(others)} and {last}" if others else last
    if wish.parts:
        yield " or ".join(str(Part(part).label).lower() for part in wish.parts)
    if wish.first_day:
        yield f"not before {short_day(wish.first_day)}"
    if wish.last_day:
        yield f"not after {short_day(wish.last_day)}"
    if wish.therapist:
        yield f"with {wish.therapist}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One place in line. `until_then` is the later time they have, in words."""

    wish: SoonerWish
    words: str
    until_then: str


def waiting_of(wish: SoonerWish) -> Waiting:
    then = wish.about
    return Waiting(wish, waits_in_words(wish), _short(then.starts, zone_of(wish)) if then else "")


def _short(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{short_day(local.date())}, {spoken_time(local)}"


def open_wishes() -> "QuerySet[SoonerWish]":
    rows = SoonerWish.objects.filter(ended_at=None)
    return rows.select_related("client", "request", "kind", "about", "about__kind", "about__therapist", "therapist")


def unoffered() -> "QuerySet[SoonerWish]":
    """Places in line without an offer that is open."""
    return open_wishes().exclude(Exists(SoonerOffer.objects.filter(wish=OuterRef("pk"), answer="")))


def has_offer(client: Person, now: datetime) -> bool:
    return SoonerOffer.objects.filter(wish__client=client, answer="", until__gt=now, held__isnull=False).exists()


def number_waiting() -> int:
    """How many wait, and have nothing to answer just now."""
    return SoonerWish.objects.filter(ended_at=None).exclude(offers__answer="").count()


def may_wait(appointment: Appointment, now: datetime) -> bool:
    return appointment.state == Appointment.State.BOOKED and appointment.starts > now
