"""Fewer of the notes that have a rhythm: in settings, or by the link under one, without signing in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from . import fewer
from .check_in_notes import KIND, replan_check_in
from .fewer import FewerNotes
from .models import Letter, Preferences
from .planning import UNSENT

STEPS: Mapping[int, str] = {2: "every other day at most", 4: "every fourth day at most", 7: "once a week"}  # days apart
USUAL = min(STEPS)
NOT_NOW = timedelta(weeks=4)


@neither
@transaction.atomic
def space_check_ins(person: Person, days: int, *, by: Person) -> None:
    """So many days between two notes to check in, one of STEPS; the next one moves with it."""
    if _apart(person) != days:
        _space(person, days)


@dataclass(frozen=True, slots=True)
class Less:
    """Fewer letters of one kind: how often they come `now` and with the next step fewer (`rarer`), in words, empty for none;
    and `take`, which does it, and at the rarest nothing. Kinds of rooms above say theirs by KORU_LESS_OFTEN.
    """

    now: Callable[[Letter], str]
    rarer: Callable[[Letter], str]
    take: Callable[[Letter], None]


@transaction.atomic
def less_like(*letters: Letter) -> None:
    """By the link under letters: their reader wants fewer of the kind."""
    for letter in letters:
        if less := _less_of(letter):
            less.take(letter)


def now(letter: Letter) -> str:
    """How often they come now, in words; empty where a kind has no rhythm."""
    less = _less_of(letter)
    return less.now(letter) if less else ""


def next_step(letter: Letter) -> str:
    """How often they would come then; empty where there is no less."""
    less = _less_of(letter)
    return less.rarer(letter) if less else ""


@narrows
@transaction.atomic
def take_next(person: Person, to: int, *, by: Person) -> bool:
    """The next step, offered after steady weeks: whether it was that one, so that a second press does nothing more.

    Unlike a rhythm that was chosen in settings, this one gives way by itself when something comes up (`restore`).
    """
    chosen = hold(person)
    if chosen is None or after(chosen.check_in_apart) != to:
        return False
    fewer.end(person.pk, FewerNotes.How.TAKEN)
    _space(person, to, thinned_since=timezone.now())
    return True


@narrows
@transaction.atomic
def thin(person: Person, days: int, *, by: Person) -> None:
    """So many days apart at least, as was agreed with meeting less often. Gives way by itself like `take_next`."""
    chosen = hold(person)
    if chosen and chosen.check_in_apart < days:
        _space(person, days, thinned_since=timezone.now())


@narrows
@transaction.atomic
def not_now(person: Person, *, by: Person) -> None:
    """No fewer notes for now: a suggestion ends, and for some weeks none is mentioned."""
    if hold(person):
        fewer.end(person.pk, FewerNotes.How.NOT_NOW)
        Preferences.objects.filter(person=person).update(fewer_from=timezone.now() + NOT_NOW)


def hold(person: Person) -> Preferences | None:
    """Their choices, for this transaction alone: what widens the rhythm and what brings it back wait for each other.

    None for who gets no notes.
    """
    return Preferences.objects.select_for_update().filter(person=person, check_in_at__isnull=False).first()


def restore(person: Person) -> None:
    """Back to the usual rhythm, and nothing wider suggested, in the transaction of what asks for it.

    Waits for a yes that is on its way (`hold`), so that it is taken back too.
    """
    chosen = Preferences.objects.select_for_update().filter(person=person).first()
    if chosen is None:
        return
    fewer.end(person.pk, FewerNotes.How.FLAG)
    if chosen.thinned_since:
        _space(person, USUAL)


def after(apart: int) -> int | None:
    """The step after that many days, or none."""
    return next((days for days in STEPS if days > apart), None)


def notes_since(person: UUID, since: datetime) -> list[datetime]:
    """When each note went out, by whichever ways."""
    rows = Letter.objects.filter(to=person, kind=KIND, due_at__gte=since, sent_at__isnull=False)
    return list(rows.order_by("due_at").values_list("due_at", flat=True).distinct())


def _less_of(letter: Letter) -> Less | None:
    if letter.to is None:
        return None
    if letter.kind == KIND:
        return CHECK_INS
    path = settings.KORU_LESS_OFTEN.get(letter.kind)
    found: Less | None = import_string(path) if path else None
    return found


def _often(letter: Letter) -> str:
    apart = _apart(letter.to) if letter.to else USUAL
    return STEPS.get(apart, f"every {apart} days")


def _rarer(letter: Letter) -> str:
    step = after(_apart(letter.to)) if letter.to else None
    return STEPS[step] if step else ""


def _take(letter: Letter) -> None:
    if letter.to and (step := after(_apart(letter.to))):
        _space(letter.to, step)


CHECK_INS = Less(_often, _rarer, _take)


def _apart(person: Person) -> int:
    chosen = Preferences.objects.filter(person=person).values_list("check_in_apart", flat=True).first()
    return chosen or USUAL


def _space(person: Person, days: int, thinned_since: datetime | None = None) -> None:
    fewer.end(person.pk, FewerNotes.How.CHANGED)
    chosen = {"check_in_apart": days, "thinned_since": thinned_since}
    Preferences.objects.update_or_create(person=person, defaults=chosen)
    ahead = Letter.objects.filter(UNSENT, to=person, kind=KIND, handed_at=None, put_off=False, due_at__gt=timezone.now())
    if ahead.delete()[0]:
        replan_check_in(person)
