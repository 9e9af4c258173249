"""Weeks that were steady: a check-in in each, and notes at six in the evening."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.choices import set_check_in_time
from moodtracking.models import CheckIn


def checked_in(person: Person, *weeks_ago: int) -> None:
    for weeks in weeks_ago:
        at = timezone.now() - timedelta(weeks=weeks, days=1)
        row: dict[str, Any] = {"at": at, "recorded_at": at, "zone": person.zone, "local_date": at.date()}
        CheckIn.objects.create(client=person, answers={"mood": 1}, item_set_version="1", key=uuid4(), **row)


def steady(person: Person) -> Person:
    checked_in(person, 0, 1, 2, 3)
    return person


def gets_notes(person: Person) -> Person:
    set_check_in_time(person, time(18), by=person)
    return person
