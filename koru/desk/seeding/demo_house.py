"""What stands in the demo's rooms, who keeps which hours, and who can give what."""

from koru.people.models import Person
from scheduling.models import AppointmentKind, Equipment, Skill

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
