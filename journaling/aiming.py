"""A client's goals: put into words, put into others, said where they are, shared or not, laid to rest."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import either, narrows, neither, widens
from koru.people.models import Person
from scheduling.resting import waits_for
from scheduling.routine_day import hold

from .goals import MOST, Goal, GoalBefore, Whereabouts
from .sharing import ONLY_ME, THERAPIST


class ThreeGoals(ValueError):
    """There is room again once one rests."""


@either
@transaction.atomic
def set_goal(words: str, share: str, *, key: UUID, by: Person) -> Goal:
    """Put a goal into words. The same key twice is one. Raises ThreeGoals.

    Within a day of a dosing session it is its client's alone, whatever they chose, until they say so again.
    """
    hold(by)
    before: Goal | None = Goal.objects.of(by).filter(key=key).first()
    if before:
        return before
    waits = _asked_again(share, by)
    return Goal.objects.create(
        client=by, words=words, share=ONLY_ME if waits else share, ask_at=waits, place=_free(by), key=key, made_at=timezone.now()
    )


@either
@transaction.atomic
def reword(goal_id: UUID, words: str, *, by: Person) -> Goal:
    """Other words; how it read before is kept. The same again changes nothing. Raises Http404."""
    goal = _own(goal_id, by)
    if goal.words == words:
        return goal
    GoalBefore.objects.create(client=by, goal=goal, words=goal.words, until=timezone.now())
    goal.words = words
    _kept_apart(goal, by)
    goal.save(update_fields=["words", "share", "ask_at"])
    return goal


@either
@transaction.atomic
def say_where(goal_id: UUID, words: str, number: int | None, *, key: UUID, by: Person) -> Whereabouts:
    """Say where one is with a goal. The same key twice is once. Raises Http404."""
    goal = _own(goal_id, by)
    before: Whereabouts | None = Whereabouts.objects.filter(client=by, key=key).first()
    if before:
        return before
    _kept_apart(goal, by)
    goal.save(update_fields=["share", "ask_at"])
    return Whereabouts.objects.create(client=by, goal=goal, words=words, number=number, key=key, at=timezone.now())


@widens
@transaction.atomic
def share_goal(goal_id: UUID, *, by: Person) -> Goal:
    """Let one's therapist read a goal and all that is said to it. Too soon after a session it goes on waiting."""
    goal = _own(goal_id, by)
    if not goal.is_shared:
        goal.ask_at = _asked_again(THERAPIST, by)
        goal.share = ONLY_ME if goal.ask_at else THERAPIST
        goal.save(update_fields=["share", "ask_at"])
    return goal


@narrows
@transaction.atomic
def keep_goal_to_oneself(goal_id: UUID, *, by: Person) -> Goal:
    """From now on nobody else reads it."""
    goal = _own(goal_id, by)
    goal.share, goal.ask_at = ONLY_ME, None
    goal.save(update_fields=["share", "ask_at"])
    return goal


@neither
@transaction.atomic
def let_goal_rest(goal_id: UUID, *, by: Person) -> Goal:
    """It makes room for another; what was said to it stays."""
    goal = _own(goal_id, by)
    goal.place = None
    goal.save(update_fields=["place"])
    return goal


@neither
@transaction.atomic
def take_goal_up(goal_id: UUID, *, by: Person) -> Goal:
    """Work towards it again. Raises ThreeGoals."""
    goal = _own(goal_id, by)
    if goal.place is None:
        goal.place = _free(by)
        goal.save(update_fields=["place"])
    return goal


def _own(goal_id: UUID, by: Person) -> Goal:
    """Raises Http404 for another's, as for none. One deed at a time on somebody's goals."""
    hold(by)
    goal: Goal | None = Goal.objects.of(by).select_related("client").filter(pk=goal_id).first()
    if goal is None:
        raise Http404
    return goal


def _kept_apart(goal: Goal, by: Person) -> None:
    """What is new in a shared goal within a day of a session isn't read by others until its client says so again."""
    waits = _asked_again(goal.share, by)
    if waits:
        goal.share, goal.ask_at = ONLY_ME, waits


def _asked_again(share: str, by: Person) -> datetime | None:
    return waits_for(by, timezone.now()) if share == THERAPIST else None


def _free(by: Person) -> int:
    taken: Collection[int] = set(Goal.objects.of(by).filter(place__isnull=False).values_list("place", flat=True))
    place = next((number for number in range(1, MOST + 1) if number not in taken), None)
    if place is None:
        raise ThreeGoals
    return place
