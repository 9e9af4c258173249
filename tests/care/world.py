"""One client and their therapist, and rows to read."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from journaling.models import Entry
from koru.moments.spans import Span, local_day
from koru.people.models import Person
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.people import ally, make_client, make_clinic, make_therapist

CANARY = "a private canary sentence"


def write(client: Person, share: str = "my_therapist", text: str = "Shared words.", at: datetime | None = None) -> Entry:
    moment = at or timezone.now()
    return Entry.objects.create(
        client=client, text=text, share=share, at=moment, zone=client.zone, local_date=moment.date(), key=uuid4()
    )


def check_in(client: Person, at: datetime | None = None) -> CheckIn:
    moment = at or timezone.now() - timedelta(minutes=1)
    day = local_day(moment, ZoneInfo(client.zone), client.day_starts)
    return CheckIn.objects.create(
        client=client, at=moment, recorded_at=moment, zone=client.zone, local_date=day,
        answers={"mood": 1, "energy": 2}, item_set_version="1", key=uuid4(),
    )  # fmt: skip


def appointment(client: Person, therapist: Person, at: datetime, state: str = "booked") -> Appointment:
    span = Span.lasting(at, 50)
    return Appointment.objects.create(
        kind_id="integration", client=client, therapist=therapist, place="video", during=span.range,
        before=0, after=10, padded=span.padded(0, 10).range, state=state,
    )  # fmt: skip


def make_pair() -> tuple[Person, Person]:
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    return client, therapist


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser
