"""The clinic itself, as seeds need it: its rooms, who works there, and their hours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from koru.people.models import Clinic, Person
from scheduling.models import AvailabilityRule, Room

ALWAYS = date(2020, 1, 1)


def make_clinic(facts: Mapping[str, Any]) -> Clinic:
    """The one clinic there is, or a new one with these facts."""
    return Clinic.objects.first() or Clinic.objects.create(**facts)


def make_rooms(rows: Iterable[Mapping[str, str]], zone: str) -> dict[str, Room]:
    made = (Room.objects.get_or_create(name=row["name"], defaults={**row, "zone": zone})[0] for row in rows)
    return {room.name: room for room in made}


def let_in(people: Sequence[Person], password: str | None) -> None:
    """Save new accounts whose address is verified, all with that password; None: nobody can sign in by one."""
    hashed = make_password(password)
    for person in people:
        person.password = hashed
    Person.objects.bulk_create(people, batch_size=1000)
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people), batch_size=1000
    )


def keep_hours(therapist: Person, weekdays: Iterable[int], opens: str, closes: str) -> None:
    AvailabilityRule.objects.bulk_create(
        AvailabilityRule(
            therapist=therapist,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
            valid=DateRange(ALWAYS, None),
        )
        for weekday in weekdays
    )
