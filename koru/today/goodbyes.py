"""Whether a client says goodbye now, or has finished: for their first page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from koru.people.models import Alliance, Ending, Person

OPEN, FINISHED = "open", "finished"


def about_goodbye(client: Person) -> "QuerySet[Any, Any]":
    """The newest goodbye: when it ended, if it did, and whether somebody works with them now."""
    now = Alliance.objects.current().filter(client=OuterRef("client"))
    rows: QuerySet[Any, Any] = Ending.objects.filter(client=client, put_off_at=None).annotate(again=Exists(now))
    return rows.order_by("-opened_at", "-id").values_list("ended_at", "again")[:1]


def goodbye_from(rows: Sequence[tuple[datetime | None, bool]]) -> str:
    """OPEN, FINISHED, or "" for somebody who has begun none, or has come back."""
    if not rows:
        return ""
    ended_at, again = rows[0]
    if ended_at is None:
        return OPEN
    return "" if again else FINISHED
