"""Open times beside the same SQL run by hand: eight therapists over sixty days, and forty over ninety."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from scheduling.models import Appointment, AppointmentKind, AvailabilityRule
from scheduling.open_times import Wish
from scheduling.open_times import open_times as found_open
from tests.people import make_client, make_clinic, make_room, make_staff, make_therapist

from .measuring import Result, at_most, in_turns

ROUNDS = 15


def practice(size: int, days: int) -> list[Person]:
    """So many therapists and half as many rooms, five days a week, each with a session on most days."""
    make_clinic()
    rooms = [make_room() for _ in range(size // 2)]
    therapists = [make_therapist() for _ in range(size)]
    always = DateRange(date(2020, 1, 1), None)
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(therapist=one, weekday=day, opens=time(9), closes=time(18), valid=always)
        for one in therapists
        for day in range(1, 6)
    )
    start = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0)
    for number, therapist in enumerate(therapists):
        client = make_client()
        for day in range(1, days, 2):
            span = Span.lasting(start + timedelta(days=day, hours=3 * (number // len(rooms))), 120)
            Appointment.objects.create(
                kind_id="integration",
                client=client,
                therapist=therapist,
                room=rooms[number % len(rooms)],
                place="room",
                during=span.range,
                before=0,
                after=10,
                padded=span.padded(0, 10).range,
            )
    return therapists


class Kept:
    """Notes the one question that the list asks, to ask it again by hand."""

    question: tuple[str, Any]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "theirs AS" in sql:
            self.question = (sql, params)
        return execute(sql, params, many, context)


def open_times() -> Result:
    return _measured("open-times", 8, 60)


def open_times_large() -> Result:
    return _measured("open-times-large", 40, 90)


def _measured(name: str, size: int, days: int) -> Result:
    therapists = tuple(one.pk for one in practice(size, days))
    kind = AppointmentKind.objects.get(pk="integration")
    wish, now = Wish(kind=kind, by=make_staff(), therapists=therapists, place="room"), timezone.now()
    span = Span(now, now + timedelta(days=days))
    with connection.execute_wrapper(kept := Kept()):
        if not found_open(wish, span, now=now):
            raise RuntimeError("no time is open: there would be nothing to measure")

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(*kept.question)
            cursor.fetchall()

    listed, bare = in_turns(lambda: found_open(wish, span, now=now), raw, ROUNDS)
    return at_most(name, "ms", listed * 1000, bare * 1000, 1.5)
