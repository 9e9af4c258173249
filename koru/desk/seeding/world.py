"""What the demo's seeds have made so far, by name."""

from dataclasses import dataclass, field
from datetime import datetime

from koru.people.models import Clinic, Person
from scheduling.models import AppointmentKind, Room

from .chance import Chance
from .script import Today


@dataclass
class World:
    """Rooms, kinds and people are looked up by the names that the script gives them."""

    today: Today
    clinic: Clinic
    rooms: dict[str, Room]
    kinds: dict[str, AppointmentKind]
    people: dict[str, Person] = field(default_factory=dict)
    chance: Chance = field(default_factory=lambda: Chance("demo"))

    @property
    def now(self) -> datetime:
        return self.today.now

    @property
    def desk(self) -> Person:
        return next(person for person in self.people.values() if person.is_desk)
