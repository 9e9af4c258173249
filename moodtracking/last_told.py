"""The mood a client told last: what the choice of a prompt goes by, not how it went over time."""

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
