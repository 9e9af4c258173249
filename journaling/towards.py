"""What a client works towards, as a brief says it: each goal with what was said to it first and last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koru.privacy.door import Record

from .goals import Goal, Whereabouts
from .reading import EXCERPT, excerpt

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Said:
    """Where somebody was with a goal: their number from 0 to 10 if they gave one, and their words, cut."""

    number: int | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Towards:
    """A goal that is worked towards: `now` is what was said to it last, `then` what was said first where that is another."""

    id: UUID
    words: str
    since: datetime
    then: Said | None
    now: Said | None


def standing_in(record: Record) -> list[Towards]:
    """What a client works towards now, as the record's reader may have it. Two queries, however much was said to it."""
    standing = Goal.objects.readable_in(record).filter(place__isnull=False)
    said = Whereabouts.objects.filter(goal__in=standing.order_by().values("pk"))
    last, first = (said.order_by("goal_id", *way).distinct("goal_id") for way in (("-at", "-id"), ("at", "id")))
    told = {one.pk: one for one in last.union(first)}
    return [_towards(goal, [one for one in told.values() if one.goal_id == goal.pk]) for goal in standing]


def _towards(goal: Goal, told: Iterable[Whereabouts]) -> Towards:
    edges = [Said(one.number, excerpt(one.words, SHOWN), one.at) for one in sorted(told, key=lambda one: (one.at, one.pk))]
    then, now = edges[0] if len(edges) > 1 else None, edges[-1] if edges else None
    return Towards(goal.pk, excerpt(goal.words, EXCERPT), goal.made_at, then, now)
