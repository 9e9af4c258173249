"""How soon letters go out, read from the outbox itself: what operators look at."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Min, Q
from django.db.models.functions import Now

from .models import Letter

LATE = timedelta(minutes=5)

# By the index letters_by_due. What only lies in the inbox has no way to go. A letter that waited for the end of quiet hours
# and went at the first try was not late: its next try was set after its due time without one before.
LATENESS = """
SELECT count(*),
    percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM handed_at - due_at), 0))
FROM reminders_letter
WHERE channel <> 'inbox' AND due_at > now() - %s * interval '1 second' AND due_at <= now() AND handed_at IS NOT NULL
    AND NOT (attempts <= 1 AND try_at > due_at)
"""
TOO_LATE = ("too late", "in doubt, too late")


@dataclass(frozen=True, slots=True)
class Lateness:
    """Of the letters due in a time: how many went, and after how many seconds half and 99 of 100 had been handed over."""

    went: int
    half: float | None
    nearly_all: float | None
    too_late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The outbox now. `late`: due for more than five minutes. `oldest` minutes has the first of them waited."""

    ahead: int
    due: int
    late: int
    not_arrived: int
    oldest: int


def lateness(over: timedelta) -> Lateness:
    """What became of the letters due since then. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(LATENESS, [over.total_seconds()])
        went, parts = cursor.fetchone()
    half, nearly_all = parts or (None, None)
    withdrawn = Letter.objects.filter(due_at__gt=Now() - over, due_at__lte=Now(), withdrawn_why__in=TOO_LATE)
    return Lateness(went, half, nearly_all, withdrawn.count())


def standing() -> Standing:
    """Two queries, along the indexes of what waits and of what did not arrive."""
    due, late = Q(try_at__lte=Now()), Q(try_at__lte=Now() - LATE)
    found = Letter.objects.waiting().aggregate(
        ahead=Count("pk", filter=~due), due=Count("pk", filter=due), late=Count("pk", filter=late), waited=Now() - Min("try_at")
    )
    waited = found["waited"]
    oldest = int(waited / timedelta(minutes=1)) if waited and found["late"] else 0
    return Standing(found["ahead"], found["due"], found["late"], Letter.objects.not_arrived().count(), oldest)
