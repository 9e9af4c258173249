"""People to test with: saved rows with plain, fictional names."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from koru.people.consents import record_clearance, record_consent
from koru.people.models import Alliance, Clinic, Person, Role
from scheduling.models import Room
from tests.days import this_day

numbers = count(1)


def make_clinic(**fields: Any) -> Clinic:
    """The one clinic, in New York unless told otherwise."""
    defaults = {"name": "Demo Clinic", "zone": "America/New_York", "phone": "+1 212 555 0100"}
    clinic = Clinic.objects.first() or Clinic()
    for name, value in {**defaults, **fields}.items():
        setattr(clinic, name, value)
    clinic.save()
    return clinic


def make_person(role: str, name: str, **fields: Any) -> Person:
    number = next(numbers)
    password = fields.pop("password", None)
    fields.setdefault("email", f"{role}{number}@example.org")
    fields.setdefault("display_name", f"{name} {number}")
    return Person.objects.create_user(fields.pop("email"), password, role=role, **fields)


def make_client(**fields: Any) -> Person:
    return make_person(Role.CLIENT, "Demo Rowan", **fields)


def make_therapist(**fields: Any) -> Person:
    return make_person(Role.THERAPIST, "Demo Wren", **fields)


def make_staff(**fields: Any) -> Person:
    return make_person(Role.STAFF, "Demo Heron", **fields)


def make_admin(**fields: Any) -> Person:
    return make_person(Role.ADMIN, "Demo Owl", is_superuser=True, **fields)


def make_room(**fields: Any) -> Room:
    fields.setdefault("name", f"Fern room {next(numbers)}")
    return Room.objects.create(**fields)


def ally(client: Person, therapist: Person, **fields: Any) -> Alliance:
    """An alliance that has begun an hour ago and goes on."""
    fields.setdefault("since", timezone.now() - timedelta(hours=1))
    return Alliance.objects.create(client=client, therapist=therapist, made_by=therapist, **fields)


def cleared(client: Person, until: date | None = None) -> Person:
    """The client with treatment consent and a prescriber's clearance, both recorded by staff."""
    staff = make_staff()
    record_consent(client, "treatment", 1, "Demo words of a consent.", by=staff)
    today = this_day()
    record_clearance(client, "Demo Prescriber", "yes", today, until or today + timedelta(days=365), by=staff)
    return client
