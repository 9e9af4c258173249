"""The demo's measures: PHQ-9 and GAD-7 every two weeks for those with a history; for the first client they are due today."""

from collections.abc import Mapping
from typing import Any

from koru.people.models import Person
from koru.safety.flags import Flag, FlagStep
from koru.safety.working_time import clinic_hours
from moodtracking.measures.due import first_free, quiet_days
from moodtracking.measures.models import Assignment, Response
from scheduling.models import Appointment

from .demo_clients import NOON, life_of
from .measured import EVERY, Followed, assignments_of, fill_rows
from .raised import Clock, raised
from .script import script
from .world import World

Row = Mapping[str, Any]


def add_measures(world: World) -> None:
    for row in script()["client"]:
        if "course" in row:
            _follow(world, world.people[row["name"]], row)


def _follow(world: World, client: Person, row: Row) -> None:
    """Filled in backwards from two weeks ago, so that today is the day of the next."""
    since = world.today.instant(row["joined"], NOON)
    assignments = assignments_of(client, world.people[row["therapist"]], since, world.chance)
    Assignment.objects.bulk_create(assignments)
    held = Appointment.objects.of_client(client).filter(kind_id="dosing", state=Appointment.State.MET)
    life = life_of(world, client, row, list(held))
    quiet = quiet_days(session.start.astimezone(life.zone).date() for session in life.sessions)
    last = min(world.today.day(0), life.span.end.astimezone(life.zone).date())
    steps = range(1, (last - since.date()) // EVERY + 1)
    days = sorted({first_free(last - step * EVERY, quiet) for step in steps})
    rows = list(fill_rows(Followed(client, life, assignments), days, world.chance))
    flags = list(raised(rows, Clock(clinic_hours(world.clinic), world.now), world.chance))
    Response.objects.bulk_create(rows)
    Flag.objects.bulk_create(flag for flag, _ in flags)
    FlagStep.objects.bulk_create(step for _, steps in flags for step in steps)
