"""What was begun and left: after two days it is closed with what there is, and without a total."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from koru.moments.spans import local_day
from koru.people.models import Person

from .due import last_day_of
from .models import Response


@transaction.atomic
def close_left(now: datetime, only: Person | None = None) -> int:
    """Close as stopped whatever is past the last day on which it could be finished, of everybody or one. How many."""
    left = Response.objects.open().filter(started_at__lt=now - timedelta(days=1)).select_related("client")
    left = left.filter(client=only) if only else left
    rows = [row for row in left.select_for_update(of=("self",), skip_locked=True) if is_past(row, row.client, now)]
    for row in rows:
        row.state, row.closed_at = Response.State.STOPPED, now
        row.answered = sum(item.key in row.given for item in row.definition.scored)
        row.save(update_fields=["state", "closed_at", "answered"])
    return len(rows)


def is_past(row: Response, client: Person, now: datetime) -> bool:
    """Whether the last of the client's days on which it could be finished is over."""
    return local_day(now, ZoneInfo(client.zone), client.day_starts) > last_day_of(row.local_date)
