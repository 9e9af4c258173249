"""Check-ins as a therapist's caseload shows them: how many are new, and when the last one was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, Func, OuterRef, QuerySet, Subquery

from koru.people.models import Alliance, Person
from koru.privacy.looks import looked_since

from .models import CheckIn

# A check-in is about today or yesterday: the index by that moment finds what was recorded since.
BACK = Func(OuterRef("looked"), template="(%(expressions)s - interval '3 days')", output_field=DateTimeField())


@dataclass(frozen=True, slots=True)
class CheckInsSince:
    """`new` counts what was recorded after the therapist last opened the record."""

    last: datetime
    new: int


def about_check_ins(therapist: Person) -> "QuerySet[Any, Any]":
    """By client: the last check-in, and how many are new; what somebody holds back doesn't count."""
    theirs = CheckIn.objects.kept().shown().filter(client=OuterRef("client"))
    since = theirs.filter(at__gt=BACK, recorded_at__gt=OuterRef("looked")).order_by()
    counted = since.values("client").annotate(count=Count("id")).values("count")
    mine: QuerySet[Any, Any] = Alliance.objects.of(therapist).annotate(looked=looked_since(therapist))
    last = theirs.order_by("-at").values("at")[:1]
    return mine.values_list("client", Subquery(last), Subquery(counted))


def check_ins_from(rows: Iterable[Any]) -> dict[UUID, CheckInsSince]:
    """By client, for those who ever checked in."""
    return {client: CheckInsSince(last, new or 0) for client, last, new in rows if last}
