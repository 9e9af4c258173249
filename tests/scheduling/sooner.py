"""Two clients who wait for something sooner in a house whose earlier times are taken."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.booking import book
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AvailabilityException, AvailabilityRule, SoonerWish
from scheduling.waiting import Waits, wait_for_sooner, wait_no_more
from tests.people import ally, cleared, make_client, make_therapist

from .practice import LONG_AGO, Practice, at, kind_of, works


@dataclass
class Line:
    """`freed` is Monday 7 December, 10:00: booked by somebody who may cancel. All else before 14 December is shut."""

    practice: Practice
    first: Person
    second: Person
    freed: Appointment
    owner: Person
    appointments: dict[Person, Appointment] = field(default_factory=dict)
    waits: dict[Person, Waits] = field(default_factory=dict)

    def free(self) -> None:
        with keyring():
            cancel(self.freed, by=self.owner, reason="plans")

    def free_tomorrow(self) -> None:
        """Four hours are there tomorrow morning, less than a day ahead."""
        AvailabilityException.objects.create(
            therapist=self.practice.therapist, what="extra", on=date(2026, 11, 25), opens="09:45", closes="13:00"
        )

    def wants(self, who: Person, **changed: Any) -> None:
        self.waits[who] = replace(self.waits[who], **changed)
        wait_for_sooner(self.waits[who], by=who)

    def leave(self, who: Person) -> None:
        wait_no_more(SoonerWish.objects.get(client=who, ended_at=None), by=who)

    def somebody(self) -> Person:
        client = cleared(make_client(), date(2027, 12, 31))
        ally(client, self.practice.therapist, since=LONG_AGO)
        return client

    def just_over(self, who: Person) -> None:
        """A dosing session of theirs has ended an hour ago."""
        span = Span.lasting(timezone.now() - timedelta(minutes=210), 150)
        Appointment.objects.create(
            kind_id="dosing", client=who, therapist=make_therapist(), place="video", during=span.range, before=0, after=0,
            padded=span.range, state="met", started_at=span.start, ended_at=span.end,
        )  # fmt: skip

    def second_therapist(self, client: Person) -> Person:
        other = make_therapist()
        ally(client, other, since=LONG_AGO)
        works(other)
        return other


def line_of(practice: Practice) -> Line:
    """Hours are from 10 to 12:30 with the buffers, so that a day holds one session; none is open before 14 December but one."""
    AvailabilityRule.objects.all().delete()
    from_then = DateRange(date(2026, 12, 14), None, "[)")
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(
            therapist=practice.therapist,
            weekday=day,
            opens="09:45",
            closes="13:00",
            valid=from_then,
        )
        for day in range(1, 8)
    )
    AvailabilityException.objects.create(
        therapist=practice.therapist, what="extra", on=date(2026, 12, 7), opens="09:45", closes="13:00"
    )
    owner, first, second = (cleared(make_client(), date(2027, 12, 31)) for _ in range(3))
    for one in (owner, first, second):
        ally(one, practice.therapist, since=LONG_AGO)
    made = {one: _booked(practice, one, day) for one, day in ((owner, "07"), (first, "14"), (second, "15"))}
    line = Line(practice, first, second, made[owner], owner, made)
    for one in (first, second):
        line.waits[one] = Waits(kind=kind_of("dosing"), about=made[one], therapist=practice.therapist, notice_hours=24)
        wait_for_sooner(line.waits[one], by=one)
    SoonerWish.objects.filter(client=first).update(made_at=timezone.now() - timedelta(minutes=5))
    return line


def _booked(practice: Practice, client: Person, day: str) -> Appointment:
    with keyring():
        return book(
            kind_of("dosing"),
            at(f"2026-12-{day} 10:00"),
            therapist=practice.therapist,
            place="room",
            by=client,
            client=client,
            key=uuid4(),
        )
