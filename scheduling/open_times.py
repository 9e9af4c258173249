"""Open times: one question to the database, asked alike by the list, by the deed that books, and by a lost race."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connection

from koru.moments.spans import Span
from koru.people.models import Person

from .models import AppointmentKind, Place, SecondPerson
from .queries import query
from .refusals import OpenTime
from .terms import Terms, terms_for

OPEN_TIMES = query("open_times")
AROUND = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for: a kind of time, for whom, with whom, how.

    `moving` is the appointment it would replace, `along` one that moves with it: the time of neither is in the way.

    Of several `therapists` who are free at one start, those named first come first. A `second_person` named sits in.
    """

    kind: AppointmentKind
    by: Person | None = None
    client: Person | None = None
    therapists: tuple[UUID, ...] | None = None
    place: str = Place.VIDEO
    room: UUID | None = None
    moving: UUID | None = None
    along: UUID | None = None
    second_person: UUID | None = None

    @property
    def in_room(self) -> bool:
        return self.kind.needs_room or self.place == Place.ROOM

    @property
    def is_offered(self) -> bool:
        """Whether the kind may take place there. What is booked already moves where it was booked."""
        return self.kind.needs_room or self.place in self.kind.places or self.moving is not None

    @property
    def with_second(self) -> bool:
        return self.kind.second_person == SecondPerson.REQUIRED or self.second_person is not None

    def terms(self, now: datetime) -> Terms:
        return terms_for(self.kind, by=self.by, client=self.client, now=now, moving=self.moving is not None)


def open_times(wish: Wish, span: Span, *, now: datetime, terms: Terms | None = None) -> list[OpenTime]:
    """Starts in the span that can be booked at this moment, soonest first. None while something is missing."""
    terms = terms or wish.terms(now)
    earliest, latest = max(span.start, terms.earliest), min(span.end, terms.latest)
    if terms.refusal or not wish.is_offered or earliest >= latest:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OPEN_TIMES, _parameters(wish, earliest, latest, terms, now))
        return [OpenTime(*row) for row in cursor.fetchall()]


def _parameters(
    wish: Wish, earliest: datetime, latest: datetime, terms: Terms, now: datetime
) -> dict[str, str | int | bool | date | datetime | list[str] | None]:
    return {
        "first": earliest.astimezone(UTC).date(),
        "last": latest.astimezone(UTC).date(),
        "earliest": earliest,
        "latest": latest,
        "last_day": terms.last_day,
        "now": now,
        "kind": wish.kind.pk,
        "minutes": wish.kind.minutes,
        "before": wish.kind.before,
        "after": wish.kind.after,
        "grid": wish.kind.grid,
        "rest_hours": wish.kind.rest_hours,
        "rest_days": wish.kind.rest_days,
        "rests": bool(wish.kind.rest_hours or wish.kind.rest_days),
        "cap": wish.kind.daily_cap,
        "therapists": None if wish.therapists is None else [str(one) for one in wish.therapists],
        "client": _text(wish.client.pk if wish.client else None),
        "moving": _text(wish.moving),
        "along": _text(wish.along),
        "by": _text(wish.by.pk if wish.by else None),
        "room": _text(wish.room),
        "in_room": wish.in_room,
        "second_person": _text(wish.second_person),
        "with_second": wish.with_second,
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def opening_at(wish: Wish, start: datetime, *, now: datetime, terms: Terms | None = None) -> OpenTime | None:
    """The open time at exactly that start, or None. The very question of the list, for one minute."""
    found = open_times(wish, Span(start, start + timedelta(seconds=1)), now=now, terms=terms)
    return found[0] if found else None


def nearest(wish: Wish, start: datetime, *, now: datetime, count: int = 3) -> list[OpenTime]:
    """The open starts closest to a time that can't be had, in the order of the clock."""
    return closest(open_times(wish, Span(start - AROUND, start + AROUND), now=now), start, count)


def closest(found: Iterable[OpenTime], start: datetime, count: int = 3) -> list[OpenTime]:
    """Of open times those nearest to a start, in the order of the clock."""
    best = sorted(_one_a_start(found), key=lambda one: abs(one.start - start))[:count]
    return sorted(best, key=lambda one: one.start)


def _one_a_start(found: Iterable[OpenTime]) -> list[OpenTime]:
    return list({one.start: one for one in found}.values())
