"""The mood as a lane of an overview: in each column of time its middle, the half of the check-ins around it, how many."""

from typing import Any

from django.db.models import Count, FloatField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from koru.moments.lanes import Share, column
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import CheckIn


def mood_lane(record: Record, span: Span) -> "QuerySet[Any, Any]":
    """Column, a quarter, the middle, three quarters, number of check-ins with a mood."""
    told = CheckIn.objects.readable_in(record).daily().within(span).filter(answers__has_key="mood").order_by()
    mood = Cast(KeyTextTransform("mood", "answers"), FloatField())
    rows: QuerySet[Any, Any] = told.annotate(column=column("at", span), mood=mood).values("column")
    counted = rows.annotate(low=Share("mood", 0.25), mid=Share("mood", 0.5), high=Share("mood", 0.75), number=Count("id"))
    lane: QuerySet[Any, Any] = counted.order_by("column").values_list("column", "low", "mid", "high", "number")
    return lane
