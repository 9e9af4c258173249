"""What stands in the demo's rooms, who keeps which hours, and who can give what."""

from datetime import time
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Person
from scheduling.conflicts import outside, with_people
from scheduling.models import Appointment, AppointmentKind, AvailabilityException, Equipment, Skill

from .house import keep_hours
from .script import script
from .world import World


def furnish(world: World) -> None:
    """Equipment in rooms, and what kinds need of it."""
    made = {name: Equipment.objects.create(name=name) for name in script()["equipment"]}
    for name, rooms in script()["equipment"].items():
        made[name].rooms.set([world.rooms[room] for room in rooms])
    for kind, names in script()["needs"].items():
        world.kinds[kind].equipment.set([made[name] for name in names])


def add_hours_and_skills(world: World) -> None:
    for row in script()["staff"]:
        person = world.people[row["name"]]
        if "weekdays" in row:
            keep_hours(person, row["weekdays"], row["opens"], row["closes"])
        _add_skills(world, person, Skill.Part.LEAD, row.get("leads", ()))
        _add_skills(world, person, Skill.Part.SECOND, row.get("sits_in", ()))


def _add_skills(world: World, person: Person, part: Skill.Part, kinds: list[str]) -> None:
    named: list[AppointmentKind] = [world.kinds[kind] for kind in kinds]
    Skill.objects.bulk_create(Skill(person=person, kind=kind, part=part) for kind in named)


def be_there(world: World) -> None:
    """Whoever has somebody on a day that isn't theirs is there as well then: a demo may begin on a Saturday."""
    for one in with_people(outside(None, world.today.now)):
        missing = (
            one.it.therapist if one.lying.not_there else None,
            one.it.second_person if one.lying.second_not_there else None,
        )
        for person in filter(None, missing):
            _add_hours_of_the_day(person, one.it, world.today.zone)


def _add_hours_of_the_day(person: Person, appointment: Appointment, zone: ZoneInfo) -> None:
    """From the full hour before its first minute, buffers included, to the full hour after its last."""
    whole = Span.of_range(appointment.padded)
    starts, ends = whole.start.astimezone(zone), whole.end.astimezone(zone)
    opens, closes = time(starts.hour), time(ends.hour + 1) if ends.minute else time(ends.hour)
    AvailabilityException.objects.get_or_create(
        therapist=person, what=AvailabilityException.What.EXTRA, on=starts.date(), opens=opens, closes=closes
    )
