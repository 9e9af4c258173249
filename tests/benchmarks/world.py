"""What the benchmarks look at: one client with 90 busy days, their therapist, and people signed in."""

from datetime import datetime, timedelta
from functools import cache
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from journaling.models import Entry
from koru.moments.spans import Span
from koru.people.models import Person
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.people import ally, cleared, make_client, make_clinic, make_room, make_therapist

DAYS = 90
CHECK_INS_A_DAY = 3
WORDS = "A few plain sentences about the day, the weather inside, and what was said. " * 6


@cache
def pair() -> tuple[Person, Person]:
    """A client and their therapist, with three check-ins a day, an entry every other day, two meetings a week."""
    make_clinic()
    client, therapist = cleared(make_client()), make_therapist()
    ally(client, therapist)
    now = timezone.now()
    CheckIn.objects.bulk_create(check_ins(client, now))
    Entry.objects.bulk_create(entries(client, now))
    Appointment.objects.bulk_create(appointments(client, therapist, now))
    return client, therapist


def check_ins(client: Person, now: datetime) -> list[CheckIn]:
    times = (now - timedelta(hours=8 * number + 1) for number in range(DAYS * CHECK_INS_A_DAY))
    return [
        CheckIn(
            client=client,
            at=at,
            recorded_at=at,
            zone=client.zone,
            local_date=at.date(),
            answers={"mood": at.hour % 7 - 3, "energy": at.day % 5, "tension": at.hour % 5},
            item_set_version="1",
            key=uuid4(),
        )
        for at in times
    ]


def entries(client: Person, now: datetime) -> list[Entry]:
    times = (now - timedelta(days=number, hours=2) for number in range(0, DAYS, 2))
    return [
        Entry(client=client, at=at, zone=client.zone, local_date=at.date(), text=WORDS, share="my_therapist", key=uuid4())
        for at in times
    ]


def appointments(client: Person, therapist: Person, now: datetime) -> list[Appointment]:
    room = make_room()
    spans = [Span.lasting(now - timedelta(days=number, hours=5), 50) for number in range(3, DAYS, 4)]
    spans.append(Span.lasting(now + timedelta(days=6), 50))
    return [
        Appointment(
            kind_id="integration",
            client=client,
            therapist=therapist,
            room=room,
            place="room",
            during=span.range,
            before=0,
            after=10,
            padded=span.padded(0, 10).range,
            state="met" if span.end < now else "booked",
        )
        for span in spans
    ]


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser
