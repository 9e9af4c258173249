"""A clinic at a set hour, with whoever looks at flags, and what the tests of flags ask of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from koru.people.models import Clinic, Person
from koru.reminders.models import Letter
from koru.safety.flags import Flag
from koru.safety.noticing import notice
from tests.people import ally, make_client, make_clinic, make_therapist

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = "2026-11-17T10:05:00-05:00"
SATURDAY = "2026-11-21T22:00:00-05:00"


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=NEW_YORK)


@dataclass
class House:
    """`rowan` is a client, `wren` works with them, `hazel` leads."""

    clinic: Clinic
    rowan: Person
    wren: Person
    hazel: Person

    def put_on_call(self, person: Person | None) -> None:
        self.clinic.on_call = person
        self.clinic.save()

    def item9(self, value: int, about: UUID | None = None) -> Flag:
        (flag,) = notice(self.rowan, {"phq-9.item.9": value}, about=about or uuid4(), by=self.rowan)
        return flag


def make_house() -> House:
    clinic = make_clinic()
    rowan, wren = make_client(zone="America/New_York"), make_therapist()
    hazel = make_therapist(is_lead=True)
    ally(rowan, wren)
    return House(clinic, rowan, wren, hazel)


def told(flag: Flag) -> list[Person]:
    """Who gets a letter about it, the soonest first."""
    letters = (
        Letter.objects.filter(about=flag.pk, kind="flag", withdrawn_at=None)
        .select_related("to")
        .order_by("due_at", "to__display_name")
    )
    return [letter.to for letter in letters if letter.to]


def steps(flag: Flag) -> list[str]:
    return list(flag.steps.values_list("what", flat=True))
