"""Check-ins as a therapist's caseload shows them: how many are new, and when the last one was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q

from koru.privacy.door import Caseload

from .models import CheckIn


@dataclass(frozen=True, slots=True)
class CheckInsSince:
    """`new` counts what was recorded after the therapist last opened the record."""

    last: datetime
    new: int


def check_ins_since_looked(caseload: Caseload) -> dict[UUID, CheckInsSince]:
    """By client, for those who ever checked in; what somebody holds back doesn't count. One query."""
    rows = (
        CheckIn.objects.kept()
        .shown()
        .filter(client__in=caseload.clients)
        .annotate(looked=caseload.looked_when())
        .values("client")
        .annotate(last=Max("at"), new=Count("id", filter=Q(recorded_at__gt=F("looked"))))
        .order_by()
    )
    return {row["client"]: CheckInsSince(row["last"], row["new"]) for row in rows}
