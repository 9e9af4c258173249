"""Goals as a keepsake tells them: as they read at first and now, and where somebody was with each, first and last."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from journaling.models import Goal, GoalBefore, Whereabouts
from koru.people.models import Person
from koru.ui.times import spoken_day

MOST_GOALS = 12


@dataclass(frozen=True, slots=True)
class WhereTold:
    """Where somebody was with a goal: "Monday 2 March 2026, 3 of 10", and their words."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class GoalTold:
    """`before` is how it read at first, where that was otherwise. `last` is empty where something was said once."""

    words: str
    before: str
    first: WhereTold | None
    last: WhereTold | None


def goals_told(client: Person) -> list[GoalTold]:
    """Those they work towards and those that rest. Four questions."""
    goals = list(Goal.objects.of(client)[:MOST_GOALS])
    before = _by_goal(GoalBefore.objects.filter(goal__in=goals).order_by("goal_id", "until", "id"))
    said = Whereabouts.objects.filter(goal__in=goals)
    first, last = _by_goal(said.order_by("goal_id", "at", "id")), _by_goal(said.order_by("goal_id", "-at", "-id"))
    return [_told(goal, before.get(goal.pk), first.get(goal.pk), last.get(goal.pk), ZoneInfo(client.zone)) for goal in goals]


def _by_goal(rows: "QuerySet[Any, Any]") -> dict[UUID, Any]:
    """The first row of each goal, in the order that the rows have."""
    return {row.goal_id: row for row in rows.distinct("goal_id")}


def _told(goal: Goal, before: GoalBefore | None, first: Whereabouts | None, last: Whereabouts | None, zone: ZoneInfo) -> GoalTold:
    then, now = _where(first, zone), _where(last if last != first else None, zone)
    return GoalTold(goal.words, before.words if before and before.words != goal.words else "", then, now)


def _where(said: Whereabouts | None, zone: ZoneInfo) -> WhereTold | None:
    if said is None:
        return None
    number = f", {said.number} of 10" if said.number is not None else ""
    return WhereTold(spoken_day(said.at.astimezone(zone).date(), this_year=0) + number, said.words)
