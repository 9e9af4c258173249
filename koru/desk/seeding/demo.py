"""The small practice that `make demo` shows, written once, relative to the day it is first started."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from koru.people.models import Person, Role
from koru.sealing.keyring import keyring
from scheduling.models import AppointmentKind

from .demo_agreed import add_agreed
from .demo_checklist import fill_checklist
from .demo_clients import add_clients
from .demo_connection import add_connection
from .demo_cover import add_covers
from .demo_finding import add_finding
from .demo_finishing import add_finishing
from .demo_flags import add_flags
from .demo_guides import add_guides
from .demo_house import add_hours_and_skills, be_there, furnish
from .demo_measures import add_measures
from .demo_media import add_drawing
from .demo_noticing import add_noticing
from .demo_plan import add_plan
from .demo_practices import add_practices
from .demo_quiet import add_quiet
from .demo_requests import add_requests
from .demo_routine import add_routine
from .demo_safety_plan import add_safety_plan
from .house import let_in, make_clinic, make_rooms
from .script import Today, script
from .world import World

FIRST = "client@demo.example.org"


def is_there() -> bool:
    return Person.objects.filter(email=FIRST).exists()


@transaction.atomic
def make_demo(now: datetime) -> bool:
    """Write the whole practice, or nothing when it is there already. Whether it wrote."""
    if is_there():
        return False
    with keyring():
        world = _world(now)
        _add_people(world)
        fill_checklist()
        add_clients(world)
        add_requests(world)
        add_drawing(Person.objects.get(email=FIRST))
        add_flags(world)
        add_measures(world)
        add_guides(Person.objects.get(email=FIRST), now)
        add_plan(world, Person.objects.get(email=FIRST))
        add_routine(world, Person.objects.get(email=FIRST))
        add_agreed(world, Person.objects.get(email=FIRST))
        add_practices(world, Person.objects.get(email=FIRST))
        add_noticing(world, Person.objects.get(email=FIRST))
        add_connection(world, Person.objects.get(email=FIRST))
        add_finding(world, Person.objects.get(email=FIRST))
        add_safety_plan(world, Person.objects.get(email=FIRST))
        add_covers(world)
        add_finishing(world)
        add_quiet(world, world.people["Demo Bryony"])
        be_there(world)
    return True


def _world(now: datetime) -> World:
    clinic = make_clinic(script()["clinic"])
    today = Today(now, ZoneInfo(clinic.zone))
    rooms = make_rooms(script()["room"], clinic.zone)
    return World(today, clinic, rooms, {kind.slug: kind for kind in AppointmentKind.objects.all()})


def _add_people(world: World) -> None:
    people = list(_people(world))
    let_in(people, script()["password"])
    world.people = {person.display_name: person for person in people}
    furnish(world)
    add_hours_and_skills(world)


def _people(world: World) -> Iterator[Person]:
    for row in script()["staff"]:
        yield _person(world, row, row["role"])
    for row in script()["client"]:
        yield _person(world, row, Role.CLIENT)


def _person(world: World, row: Mapping[str, Any], role: str) -> Person:
    return Person(
        email=row["email"],
        display_name=row["name"],
        role=role,
        zone=row.get("zone", world.clinic.zone),
        region=world.clinic.region,
        phone=row.get("phone", ""),
        is_superuser=role == Role.ADMIN,
        is_lead=row.get("lead", False),
    )
