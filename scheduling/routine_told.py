"""What a therapist reads of a client's routine in the brief: a line each, while the client shares it (clinical.md 9, 10.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from koru.moments.spans import local_day
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .models import Routine, RoutineChange, RoutineChoice

DAYS = 7
CHANGED = ("changed", "smaller")
LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ToldRoutine:
    """One active routine: its words, on how many of the last seven days it was done, and whether it was changed lately."""

    cue: str
    action: str
    days: int
    changed: bool


@dataclass(frozen=True, slots=True)
class RoutineTold:
    active: Sequence[ToldRoutine]
    resting: Sequence[str]

    @property
    def says_something(self) -> bool:
        return bool(self.active or self.resting)


def routine_told(record: Record, now: datetime) -> RoutineTold:
    """Nothing where it isn't shared, as if there were none. One query."""
    client = record.client
    if not record.opens(Part.ROUTINES):
        return RoutineTold((), ())
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    done = Q(marks__day__gt=today - timedelta(days=DAYS), marks__day__lte=today, marks__how__in=["done", "smallest"])
    lately = RoutineChange.objects.filter(routine=OuterRef("pk"), what__in=CHANGED, at__gt=now - LATELY)
    kept_back = RoutineChoice.objects.filter(client=client, is_shared=False)
    rows = Routine.objects.filter(~Exists(kept_back), client=client, ended_at=None)
    told = list(rows.annotate(days=Count("marks", filter=done), changed=Exists(lately)))
    return RoutineTold(
        [ToldRoutine(one.cue, one.action, one.days, one.changed) for one in told if one.is_active],
        [one.action for one in told if not one.is_active],
    )
