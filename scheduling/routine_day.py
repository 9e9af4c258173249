"""Whose routine, and which day: what the deeds on routines stand on."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person


def today_of(client: Person) -> date:
    """Their own day: from four in the morning, where they are."""
    return local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)


def hold(client: Person) -> None:
    """One deed at a time on somebody's routines, so that two can't find the same place free."""
    list(Person.objects.select_for_update(no_key=True).filter(pk=client.pk).values_list("pk"))
