"""What the demo's client noticed besides the scales: what was around, own words among it, and a note that asks."""

from datetime import time, timedelta

from koru.people.models import Person
from koru.reminders.check_in_notes import KIND, PATH, note_of
from koru.reminders.models import Preferences
from koru.reminders.planning import Plan, Recipient, plan
from moodtracking.models import CheckIn

from .chance import Chance
from .world import World

OWN = "lake walk"
ASKED_AT = time(18, 30)
SHORTLY = timedelta(seconds=30)


def add_noticing(world: World, client: Person) -> None:
    """Walks by the lake on better days; a time of day for the note, and one note on its way."""
    walked = [row for row in CheckIn.objects.written_by(client).daily() if _walks(row, world.chance)]
    for row in walked:
        row.own_tags = OWN
        row.save(update_fields=["own_tags"])
    Preferences.objects.update_or_create(person=client, defaults={"check_in_at": ASKED_AT})
    plan([_note(world, client)])


def _walks(row: CheckIn, chance: Chance) -> bool:
    """More often when mood is good: something for the page of what went together."""
    mood = row.answers.get("mood", 0)
    return chance.happens(0.85 if mood >= 0 else 0.08)


def _note(world: World, client: Person) -> Plan:
    due = world.now + SHORTLY
    return Plan(KIND, Recipient.of(client), note_of(client.pk), due_at=due, offset="demo", context={"path": PATH})
