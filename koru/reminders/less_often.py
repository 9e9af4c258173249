"""Fewer of the notes that have a rhythm: in settings, or by the link under one, without signing in."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .check_in_notes import KIND, replan_check_in
from .models import Letter, Preferences
from .planning import UNSENT

STEPS: Mapping[int, str] = {2: "every other day at most", 4: "every fourth day at most", 7: "once a week"}  # days apart


@neither
@transaction.atomic
def space_check_ins(person: Person, days: int, *, by: Person) -> None:
    """So many days between two notes to check in, one of STEPS; the next one moves with it."""
    _space(person, days)


@transaction.atomic
def less_like(*letters: Letter) -> None:
    """By the link under letters: their reader wants fewer of the kind. At the rarest nothing happens."""
    for letter in letters:
        if letter.to and (steps := _rarer(letter)):
            _space(letter.to, steps[0])


def now(letter: Letter) -> str:
    """How often they come now, in words; empty where a kind has no rhythm."""
    if letter.kind != KIND or letter.to is None:
        return ""
    apart = _apart(letter.to)
    return STEPS.get(apart, f"every {apart} days")


def next_step(letter: Letter) -> str:
    """How often they would come then; empty where there is no less."""
    steps = _rarer(letter)
    return STEPS[steps[0]] if steps else ""


def _rarer(letter: Letter) -> list[int]:
    if letter.kind != KIND or letter.to is None:
        return []
    apart = _apart(letter.to)
    return [days for days in STEPS if days > apart]


def _apart(person: Person) -> int:
    chosen = Preferences.objects.filter(person=person).values_list("check_in_apart", flat=True).first()
    return chosen or min(STEPS)


def _space(person: Person, days: int) -> None:
    Preferences.objects.update_or_create(person=person, defaults={"check_in_apart": days})
    ahead = Letter.objects.filter(UNSENT, to=person, kind=KIND, handed_at=None, put_off=False, due_at__gt=timezone.now())
    if ahead.delete()[0]:
        replan_check_in(person)
