"""A small practice to book in: one therapist with hours, one room, one client who may have sessions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koru.people.models import Clinic, Person
from koru.sealing.keyring import keyring
from scheduling.booking import book
from scheduling.models import Appointment, AppointmentKind, AvailabilityRule, Room
from tests.people import ally, cleared, make_client, make_clinic, make_room, make_staff, make_therapist

NEW_YORK = ZoneInfo("America/New_York")
NOON = "2026-11-24T17:00:00Z"
ALWAYS = (date(2020, 1, 1), None)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Practice:
    clinic: Clinic
    therapist: Person
    room: Room
    client: Person
    staff: Person

    def book(self, start: datetime, kind: str = "dosing", **changed: Any) -> Appointment:
        words: dict[str, Any] = {
            "therapist": self.therapist,
            "place": "room" if kind == "dosing" else "video",
            "by": self.client,
            "client": self.client,
            "key": uuid4(),
        }
        with keyring():
            return book(kind_of(kind), start, **{**words, **changed})


def kind_of(slug: str) -> AppointmentKind:
    return AppointmentKind.objects.get(pk=slug)


def works(therapist: Person, opens: str = "09:00", closes: str = "17:00", days: range = range(1, 8)) -> None:
    for weekday in days:
        AvailabilityRule.objects.create(
            therapist=therapist,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
            valid=ALWAYS,
        )


def make_practice(zone: str = "America/New_York") -> Practice:
    clinic = make_clinic(zone=zone)
    therapist, client = make_therapist(zone=zone), make_client(zone=zone)
    works(therapist)
    ally(client, therapist, since=LONG_AGO)
    cleared(client, date(2027, 12, 31))
    return Practice(clinic, therapist, make_room(zone=zone), client, make_staff())


def at(words: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """ "2026-12-01 10:00" on that zone's wall clock."""
    return datetime.fromisoformat(words).replace(tzinfo=zone)


def queries(web: Client, path: str) -> int:
    """How many a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert web.get(path).status_code == 200
    return len(asked)
