"""The moods a client told last: what the choice of a prompt or guide goes by, not how it went over time."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import FloatField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from koru.people.models import Person

from .models import CheckIn


def about_mood(client: Person) -> "QuerySet[Any, Any]":
    """When the client checked in last, and the mood told then."""
    rows = CheckIn.objects.written_by(client).kept().daily().order_by("-at")
    mood = Cast(KeyTextTransform("mood", "answers"), FloatField())
    return rows.annotate(mood=mood).values_list("at", "mood")[:1]


def last_mood(client: Person) -> float | None:
    """None when they never checked in, or left it out. One query."""
    row = about_mood(client).first()
    return row[1] if row else None


def daily_moods(client: Person, today: date, days: int) -> list[float]:
    """The mood of each of the last days on which one was told, their medians. One query."""
    rows = CheckIn.objects.written_by(client).kept().daily().filter(local_date__gt=today - timedelta(days=days))
    mood = Cast(KeyTextTransform("mood", "answers"), FloatField())
    told: dict[date, list[float]] = defaultdict(list)
    for day, value in rows.annotate(mood=mood).filter(mood__isnull=False).values_list("local_date", "mood"):
        told[day].append(value)
    return [median(values) for values in told.values()]
