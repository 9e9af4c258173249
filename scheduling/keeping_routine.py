"""A client's routines: begun, changed, kept, made smaller, laid to rest, taken up, let go. At most three at a time."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .models import Routine, RoutineChange, RoutineChoice
from .refusals import Refused
from .routine_day import hold, today_of
from .routine_notes import replan
from .routine_week import LOOK_AFTER
from .routines import MOST

What = RoutineChange.What


class ThreeActive(Refused):
    """A fourth would be active: one of them may rest first."""

    words = "Three at a time is the most."


@dataclass(frozen=True, slots=True)
class Said:
    """ "If `cue`, then `action`", and the smallest version of it."""

    cue: str
    action: str
    smallest: str = ""
    part: str = ""


@neither
@transaction.atomic
def begin(said: Said, *, key: UUID, by: Person, instead: UUID | None = None) -> Routine:
    """Make it active; the one that it comes `instead` of rests. The same key twice is one. Raises ThreeActive."""
    hold(by)
    if made := Routine.objects.filter(client=by, key=key).first():
        return made
    routine = Routine(client=by, key=key, place=_place(by, instead), look_on=_two_weeks(by), since=timezone.now())
    _put(routine, said)
    routine.save()
    _tell(routine, What.BEGUN)
    return routine


@neither
@transaction.atomic
def change(routine_id: UUID, said: Said, *, by: Person) -> Routine:
    """Other words for it. Its days stay."""
    routine = _own(routine_id, by)
    if (routine.cue, routine.action, routine.smallest, routine.part) != (said.cue, said.action, said.smallest, said.part):
        _put(routine, said)
        routine.save()
        _tell(routine, What.CHANGED)
    return routine


@neither
@transaction.atomic
def keep(routine_id: UUID, *, by: Person) -> Routine:
    """As it is, for two more weeks."""
    routine = _active(routine_id, by)
    if routine.look_on != _two_weeks(by):
        routine.look_on = _two_weeks(by)
        routine.save(update_fields=["look_on"])
        _tell(routine, What.KEPT)
        replan(routine, "kept")
    return routine


@neither
@transaction.atomic
def make_smaller(routine_id: UUID, action: str, *, by: Person) -> Routine:
    """Less of it from now on, for two more weeks. Twice is as once."""
    routine, again = _active(routine_id, by), _two_weeks(by)
    if (routine.action, routine.look_on) != (action, again):
        routine.action, routine.look_on = action, again
        routine.save(update_fields=["action", "look_on"])
        _tell(routine, What.SMALLER)
        replan(routine, "kept")
    return routine


@narrows
@transaction.atomic
def rest(routine_id: UUID, *, by: Person) -> Routine:
    """It rests, for as long as they like. Twice is as once."""
    routine = _own(routine_id, by)
    if routine.is_active:
        lay_to_rest(routine)
    return routine


@neither
@transaction.atomic
def take_up(routine_id: UUID, *, by: Person, instead: UUID | None = None) -> Routine:
    """Active again, for two weeks; the one that it comes `instead` of rests. Twice is as once. Raises ThreeActive."""
    routine = _own(routine_id, by)
    if not routine.is_active:
        routine.place, routine.since, routine.look_on = _place(by, instead), timezone.now(), _two_weeks(by)
        routine.rests_since = routine.ended_at = None
        routine.save()
        _tell(routine, What.TAKEN_UP)
        replan(routine, "taken up")
    return routine


@narrows
@transaction.atomic
def let_go(routine_id: UUID, *, by: Person) -> Routine:
    """Over. It stays on the list of those that were, and can be taken up."""
    routine = _own(routine_id, by)
    if routine.ended_at is None:
        routine.place, routine.rests_since, routine.ended_at = None, None, timezone.now()
        routine.save(update_fields=["place", "rests_since", "ended_at"])
        _tell(routine, What.LET_GO)
        replan(routine, "let go")
    return routine


@narrows
@transaction.atomic
def keep_one(routine_id: UUID, *, by: Person) -> Routine:
    """After a time away: this one, and the others rest."""
    kept = _active(routine_id, by)
    for other in Routine.objects.filter(client=by, place__isnull=False).exclude(pk=kept.pk):
        lay_to_rest(other)
    RoutineChoice.objects.update_or_create(client=by, defaults={"back_on": today_of(by)})
    return kept


@neither
@transaction.atomic
def come_back(*, by: Person) -> None:
    """They are back, and all of them stay."""
    RoutineChoice.objects.update_or_create(client=by, defaults={"back_on": today_of(by)})


def lay_to_rest(routine: Routine) -> None:
    routine.place, routine.rests_since = None, timezone.now()
    routine.save(update_fields=["place", "rests_since"])
    _tell(routine, What.RESTED)
    replan(routine, "rests")


def _put(routine: Routine, said: Said) -> None:
    routine.cue, routine.action, routine.smallest, routine.part = said.cue, said.action, said.smallest, said.part


def _tell(routine: Routine, what: str) -> None:
    RoutineChange.objects.create(client=routine.client, routine=routine, what=what, words=routine.action, at=timezone.now())


def _two_weeks(client: Person) -> date:
    return today_of(client) + timedelta(days=LOOK_AFTER.days)


def _own(routine_id: UUID, by: Person) -> Routine:
    hold(by)
    routine = Routine.objects.filter(pk=routine_id, client=by).first()
    if routine is None:
        raise Http404
    return routine


def _active(routine_id: UUID, by: Person) -> Routine:
    routine = _own(routine_id, by)
    if not routine.is_active:
        raise Http404
    return routine


def _place(client: Person, instead: UUID | None) -> int:
    """A free one, after another has made room."""
    if instead and (other := Routine.objects.filter(pk=instead, client=client, place__isnull=False).first()):
        lay_to_rest(other)
    taken = set(Routine.objects.filter(client=client, place__isnull=False).values_list("place", flat=True))
    free = [place for place in range(1, MOST + 1) if place not in taken]
    if not free:
        raise ThreeActive
    return free[0]
