"""Measures as a therapist's caseload shows them: whose newest result differs from the one before by more than its noise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lag, RowNumber

from koru.people.models import Alliance, Person

from .comparing import Result, Verdict, change
from .definitions import version_of
from .models import Response

RECENT = timedelta(days=28)
ALIKE = ("measure", "version", "form", "language")


@dataclass(frozen=True, slots=True)
class Changed:
    """A reliable change from one result of a measure to the next one like it."""

    title: str
    before: int
    now: int
    verdict: Verdict
    at: datetime

    @property
    def words(self) -> str:
        return f"{self.title} from {self.before} to {self.now}"


def about_changes(therapist: Person) -> "QuerySet[Any, Any]":
    """By client and measure: its newest total, and the one before it of the same words and scoring."""
    mine = Alliance.objects.of(therapist).values("client")
    line = [F("client"), *map(F, ALIKE)]
    totals = Response.objects.uncorrected().filter(client__in=mine, total__isnull=False)
    earlier = Window(Lag("total"), partition_by=line, order_by=["local_date", "closed_at", "id"])
    place = Window(RowNumber(), partition_by=line, order_by=["-local_date", "-closed_at", "-id"])
    pairs = totals.annotate(before=earlier, place=place).filter(place=1, before__isnull=False)
    return pairs.order_by().values_list("client", *ALIKE, "before", "total", "closed_at")


def changes_from(rows: Iterable[Any], now: datetime) -> dict[UUID, Changed]:
    """By client the newest reliable change of the last four weeks. Pure."""
    found: dict[UUID, Changed] = {}
    for client, *alike, before, total, at in rows:
        if at > now - RECENT and (told := _changed(alike, before, total, at)):
            found[client] = max(told, found.get(client, told), key=lambda one: one.at)
    return found


def _changed(alike: list[Any], before: int, total: int, at: datetime) -> Changed | None:
    slug, version, form, language = alike
    measure = version_of(slug, version)
    told = change(Result(before, slug, version, form, language), Result(total, slug, version, form, language), measure)
    return Changed(measure.title_of(form), before, total, told.verdict, at) if told.is_reliable else None
