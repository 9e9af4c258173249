"""The clock's look at flags, each minute: who is away, whom somebody meets before it is due, who is told next."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from koru.people.clinic import clinic_zone
from koru.safety.climbing import climb, hand_on, look_before
from koru.safety.flags import Flag
from koru.safety.levels import Level
from scheduling.availability import AvailabilityException


def watch() -> None:
    """Safe to run twice, and by two beats: each step is taken once."""
    now = timezone.now()
    for flag, meeting in _soon(now):
        look_before(flag, meeting)
    hand_on(away_now(now))
    climb()


def away_now(now: datetime) -> frozenset[UUID]:
    """Therapists who are away for the day, or for the hours around now."""
    local = now.astimezone(clinic_zone())
    days = AvailabilityException.objects.filter(what="away", on=local.date(), therapist__isnull=False)
    around = Q(opens=None) | Q(Q(closes=None) | Q(closes__gt=local.time()), opens__lte=local.time())
    return frozenset(days.filter(around).values_list("therapist", flat=True))


def _soon(now: datetime) -> Iterator[tuple[UUID, datetime]]:
    """Routine flags whose client meets somebody here before they are due, and when."""
    waiting = Flag.objects.unseen().filter(level=Level.ROUTINE, due_at__gt=now)
    booked = Q(client__appointments__state="booked", client__appointments__during__startswith__gt=now)
    before = waiting.filter(booked, client__appointments__during__startswith__lt=F("due_at"))
    yield from before.values_list("pk", "client__appointments__during__startswith")
