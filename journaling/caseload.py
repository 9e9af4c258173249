"""Shared entries as a therapist's caseload shows them: how many are new, how many are to be brought. Never private ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from koru.people.models import Alliance, Person
from koru.privacy.looks import looked_since

from .models import Entry, Passage, ShareChange
from .sharing import BRING, SHARED


@dataclass(frozen=True, slots=True)
class EntriesSince:
    """`new` counts what was shared after the therapist last opened the record, `brought` all that are to be brought.

    A passage counts as what it is: one thing to bring, of an entry that doesn't count.
    """

    new: int
    brought: int


def about_entries(therapist: Person) -> "Sequence[QuerySet[Any, Any]]":
    """By client, new ones and all that are to be brought: entries first, then passages."""
    changes = ShareChange.objects.filter(entry=OuterRef("pk")).order_by().values("entry").values_list(Max("at"))
    entries = Entry.objects.filter(client=OuterRef("client"), deleted_at=None, share__in=SHARED)
    shared = entries.annotate(shared_at=Coalesce(Subquery(changes), F("made_at")))
    given = Passage.objects.given().filter(client=OuterRef("client"), entry__deleted_at=None)
    return _counted(therapist, shared, Q(share=BRING)), _counted(therapist, given, Q())


def _counted(therapist: Person, theirs: "QuerySet[Any, Any]", brought: Q) -> "QuerySet[Any, Any]":
    def how_many(rows: "QuerySet[Any, Any]") -> Subquery:
        return Subquery(rows.order_by().values("client").annotate(count=Count("id")).values("count"))

    mine: QuerySet[Any, Any] = Alliance.objects.of(therapist).annotate(looked=looked_since(therapist))
    new = how_many(theirs.filter(shared_at__gt=OuterRef("looked")))
    return mine.values_list("client", new, how_many(theirs.filter(brought)))


def entries_from(answers: Iterable[Iterable[Any]]) -> dict[UUID, EntriesSince]:
    """By client, for those who share something."""
    counts: dict[UUID, dict[int, EntriesSince]] = {}
    for kind, rows in enumerate(answers):
        for client, new, brought in rows:
            counts.setdefault(client, {})[kind] = EntriesSince(new or 0, brought or 0)
    return {client: _sum(parts.values()) for client, parts in counts.items()}


def _sum(parts: Iterable[EntriesSince]) -> EntriesSince:
    parts = list(parts)
    return EntriesSince(sum(one.new for one in parts), sum(one.brought for one in parts))
