"""Shared entries as a therapist's caseload shows them: how many are new, how many are to be brought. Never private ones."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from koru.privacy.door import Caseload

from .models import Entry, Passage, ShareChange
from .sharing import BRING, SHARED


@dataclass(frozen=True, slots=True)
class EntriesSince:
    """`new` counts what was shared after the therapist last opened the record, `brought` all that are to be brought.

    A passage counts as what it is: one thing to bring, of an entry that doesn't count.
    """

    new: int
    brought: int


def entries_since_looked(caseload: Caseload) -> dict[UUID, EntriesSince]:
    """By client, for those who share something. Two queries."""
    changes = ShareChange.objects.filter(entry=OuterRef("pk")).order_by().values("entry").values_list(Max("at"))
    rows = (
        Entry.objects.filter(client__in=caseload.clients, deleted_at=None, share__in=SHARED)
        .annotate(looked=caseload.looked_when(), shared_at=Coalesce(Subquery(changes), F("made_at")))
        .values("client")
        .annotate(new=Count("id", filter=Q(shared_at__gt=F("looked"))), brought=Count("id", filter=Q(share=BRING)))
        .order_by()
    )
    told = {row["client"]: EntriesSince(row["new"], row["brought"]) for row in rows}
    for client, new, brought in _passages(caseload):
        entries = told.get(client, EntriesSince(0, 0))
        told[client] = EntriesSince(entries.new + new, entries.brought + brought)
    return told


def _passages(caseload: Caseload) -> list[tuple[UUID, int, int]]:
    """By client: passages given since the record was last opened, and all that are given."""
    given = Passage.objects.given().filter(client__in=caseload.clients, entry__deleted_at=None)
    counted = given.annotate(looked=caseload.looked_when()).values("client").order_by()
    new = Count("id", filter=Q(shared_at__gt=F("looked")))
    rows = counted.annotate(new=new, brought=Count("id"))
    return [(row["client"], row["new"], row["brought"]) for row in rows]
