"""Routines to test with."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.keeping_routine import Said, begin
from scheduling.models import Routine

KETTLE = Said("the kettle is on", "I feel my feet", "one toe")


def begun(client: Person, action: str = "I feel my feet", **said: str) -> Routine:
    with keyring():
        return begin(Said("the kettle is on", action, **said), key=uuid4(), by=client)


def begun_before(client: Person, days: int) -> Routine:
    """Begun so many days ago, and nothing said of it since."""
    made = begun(client)
    Routine.objects.filter(pk=made.pk).update(since=timezone.now() - timedelta(days=days))
    return Routine.objects.get(pk=made.pk)


def days_of(routine: Routine) -> dict[str, str]:
    return {day.isoformat(): how for day, how in routine.marks.values_list("day", "how")}
