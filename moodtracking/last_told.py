"""The moods a client told last: what the choice of a prompt or guide goes by, not how it went over time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from koru.people.models import Person

from .models import CheckIn


def about_mood(client: Person) -> "QuerySet[Any, Any]":
    """When the client checked in last, and the mood told then."""
    rows = CheckIn.objects.written_by(client).kept().daily().order_by("-at")
    mood = Cast(KeyTextTransform("mood", "answers"), FloatField())
    return rows.annotate(mood=mood).values_list("at", "mood")[:1]


def about_answers(client: Person) -> "QuerySet[Any, Any]":
    """The newest check-in of either kind: when, its answers as JSON, its tags with commas between."""
    tags = Func(F("tags"), Value(","), function="array_to_string", output_field=TextField())
    rows = CheckIn.objects.written_by(client).kept().order_by("-at").annotate(told=Cast("answers", TextField()), around=tags)
    return rows.values_list("at", "told", "around")[:1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a check-in told: its answers by key, and its tags."""

    answers: Mapping[str, float] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()


def told_since(rows: Iterable[Any], since: datetime) -> Told:
    """By the answer to `about_answers`; nothing when it is older."""
    newest = next(iter(rows), None)
    if newest is None or newest[0] < since:
        return Told()
    return Told(json.loads(newest[1]), frozenset(filter(None, newest[2].split(","))))


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
