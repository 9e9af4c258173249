"""The demo's clients, each with what stands around them and a history of their own."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from journaling.models import Entry
from koru.moments.spans import Span
from koru.people.models import Alliance, EmergencyContact, Person
from moodtracking.models import CheckIn, PickedSymptom
from scheduling.models import Appointment
from scheduling.reminders import plan_booked

from .calendar import appointment
from .courses import course_named
from .histories import BUSY_WEEKS, Life, Written
from .papers import clearance, consents
from .rows import check_in_rows, entry_row, entry_rows
from .script import Line, script
from .silence import say_nothing_new
from .world import World

Row = Mapping[str, Any]
NOON = time(12)
STAYS_SILENT = timedelta(days=4)


def add_clients(world: World) -> None:
    for row in script()["client"]:
        client = world.people[row["name"]]
        _add_papers(world, client, row)
        appointments = _add_appointments(world, client, row)
        if "course" in row:
            _add_history(world, client, row, appointments)


def _add_papers(world: World, client: Person, row: Row) -> None:
    since = min(world.today.instant(row["joined"], NOON), world.now - timedelta(minutes=20))
    therapist = world.people[row["therapist"]]
    Alliance.objects.create(client=client, therapist=therapist, since=since, made_by=world.desk)
    Person.objects.filter(pk=client.pk).update(joined_at=since)
    if "cleared_until" in row:
        until = world.today.day(row["cleared_until"])
        consents(client, since + timedelta(hours=1), world.desk)
        clearance(client, row["prescriber"], world.today.day(row["joined"]), until, world.desk)
    if "contact" in row:
        name, phone, relation = row["contact"]
        EmergencyContact.objects.create(client=client, name=name, phone=phone, relation=relation)


def _add_appointments(world: World, client: Person, row: Row) -> list[Appointment]:
    lines = [Line.read(words) for words in row["when"]]
    made = [placed(world, line, row["therapist"], client=client, booked_by=world.desk) for line in lines]
    for one in made:
        one.second_person = world.people[row["sits_in"]] if "sits_in" in row and one.kind_id == "dosing" else None
    Appointment.objects.bulk_create(made)
    for one in made:
        if one.span.start > world.now:
            plan_booked(one, by=world.desk)
            say_nothing_new(one)
    return made


def placed(world: World, line: Line, therapist: str, **fields: Any) -> Appointment:
    """One line of the script as an unsaved appointment."""
    start = world.today.instant(line.day, line.at)
    return appointment(
        world.chance.id_at(start),
        world.kinds[line.kind],
        start,
        world.now,
        therapist=world.people[therapist],
        room=world.rooms.get(line.room),
        place=line.place,
        **fields,
    )


def _add_history(world: World, client: Person, row: Row, appointments: list[Appointment]) -> None:
    sessions = [one for one in appointments if one.kind_id == "dosing" and one.state == Appointment.State.MET]
    life = life_of(world, client, row, sessions)
    PickedSymptom.objects.bulk_create(
        PickedSymptom(client=client, slug=slug, place=place, picked_by=world.people[row["therapist"]], picked_at=life.span.start)
        for place, slug in enumerate(life.symptoms, 1)
    )
    CheckIn.objects.bulk_create(check_in_rows(client, life, sessions, world.chance))
    own = [entry_row(client, _written(world, client, one), world.chance) for one in row.get("entry", [])]
    Entry.objects.bulk_create(own or entry_rows(client, life, world.chance))


def life_of(world: World, client: Person, row: Row, sessions: list[Appointment]) -> Life:
    course = course_named(row["course"])
    began = world.today.instant(row["joined"], NOON)
    stopped = began + timedelta(weeks=course.weeks[1]) + STAYS_SILENT
    return Life(
        course=course,
        zone=ZoneInfo(client.zone),
        span=Span(began, min(world.now, stopped)),
        sessions=[session.span for session in sessions],
        symptoms=row.get("symptoms", ()),
        shared=row.get("shared"),
        busy_weeks=row.get("busy_weeks", BUSY_WEEKS),
    )


def _written(world: World, client: Person, row: Row) -> Written:
    at = world.today.instant(row["day"], time.fromisoformat(row["at"]), ZoneInfo(client.zone))
    return Written(at, row["text"], row["share"], row.get("title", ""), row.get("prompt", ""))
