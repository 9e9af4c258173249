"""How somebody wants to be written to: deeds on their own choices."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.spans import Span, local_day
from koru.people.models import Person

from . import fewer
from .check_in_notes import KIND as CHECK_IN
from .kinds import kind, load
from .models import Letter, OptOut, Preferences
from .planning import UNSENT
from .quiet import Rest


class NotStoppable(ValueError):
    """This kind of letter always comes: it says what has just happened to an appointment or an account."""


class WithinQuietHours(ValueError):
    """A note at that time would never come: it lies in the hours in which none are sent."""


def preferences_of(person: Person) -> Preferences:
    """As chosen, or the defaults (unsaved)."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def stoppable_kinds(role: str) -> tuple[str, ...]:
    """Which kinds a role gets and can stop, by name; without those that it is asked about elsewhere."""
    kinds = (one for one in load().values() if one.opt_out and not one.off_by_default and not one.own_yes)
    return tuple(one.name for one in kinds if role in one.audience)


def stopped_kinds(person: Person) -> frozenset[str]:
    return frozenset(OptOut.objects.filter(person=person).values_list("kind", flat=True))


@narrows
@transaction.atomic
def opt_out(person: Person, name: str, *, by: Person) -> None:
    """No more letters of one kind; those on their way are taken back. Raises NotStoppable."""
    _stop(name, person=person)


@neither
@transaction.atomic
def opt_in(person: Person, name: str, *, by: Person) -> None:
    """Letters of that kind again, from the next one planned."""
    OptOut.objects.filter(person=person, kind=name).delete()


@transaction.atomic
def stop_like(*letters: Letter) -> None:
    """By the link under a letter, or of a mail of several: its reader wants no more of each kind. Raises NotStoppable."""
    kinds, first = [one.kind for one in letters], letters[0]
    if first.to:
        _stop(*kinds, person=first.to)
    else:
        _stop(*kinds, address=first.address.lower())


@transaction.atomic
def resume_like(*letters: Letter) -> None:
    """By the same link: they want them after all."""
    _opt_outs_of(letters).delete()


def is_stopped(*letters: Letter) -> bool:
    """Whether each of those kinds is."""
    return set(_opt_outs_of(letters).values_list("kind", flat=True)) == {one.kind for one in letters}


@narrows
@transaction.atomic
def pause(person: Person, until: datetime | None, *, by: Person) -> None:
    """No notes until then, but those about appointments. None: they come again now."""
    Preferences.objects.update_or_create(person=person, defaults={"paused_until": until})


@neither
@transaction.atomic
def set_quiet_hours(person: Person, start: time, end: time, *, by: Person) -> None:
    """No letters between these clock times; equal ones mean none are quiet. Raises WithinQuietHours."""
    chosen = preferences_of(person)
    _audible(chosen.check_in_at, start, end)
    Preferences.objects.update_or_create(person=person, defaults={"quiet_from": start, "quiet_until": end})


@neither
@transaction.atomic
def set_check_in_time(person: Person, at: time | None, *, by: Person) -> None:
    """A note at that time of day; None for none. Begins anew after a rest. Raises WithinQuietHours."""
    chosen = preferences_of(person)
    _audible(at, chosen.quiet_from, chosen.quiet_until)
    anew = {"check_in_at": at, "check_in_rests_since": None, "check_in_answered_at": timezone.now()}
    Preferences.objects.update_or_create(person=person, defaults=anew)
    if at is None:
        fewer.end(person.pk, fewer.FewerNotes.How.CHANGED)
    _take_back("chosen anew", kind=CHECK_IN, to=person)


@neither
@transaction.atomic
def set_prompt_time(person: Person, at: time, *, by: Person) -> None:
    """When a note about something to write comes, or about a form. Those planned follow when their rooms look again."""
    Preferences.objects.update_or_create(person=person, defaults={"prompt_at": at})


@transaction.atomic(savepoint=False)  # a part of the check-in's own transaction: both or neither
def answered(person: Person) -> None:
    """They have checked in: the count of unanswered notes begins anew, and today's note isn't needed any more."""
    now, zone = timezone.now(), ZoneInfo(person.zone)
    Preferences.objects.filter(person=person).update(check_in_answered_at=now)
    day_ends = Span.of_day(local_day(now, zone, person.day_starts), zone, person.day_starts).end
    _take_back("answered", kind=CHECK_IN, to=person, due_at__lt=day_ends)


def check_audible(person: Person, at: time | None) -> None:
    """Raises WithinQuietHours for a time at which no letter would come."""
    chosen = preferences_of(person)
    _audible(at, chosen.quiet_from, chosen.quiet_until)


def _audible(at: time | None, start: time, end: time) -> None:
    if at is not None and Rest(ZoneInfo("UTC"), start, end).is_quiet(at):
        raise WithinQuietHours


def _stop(*names: str, person: Person | None = None, address: str = "") -> None:
    if always := [name for name in names if not kind(name).opt_out]:
        raise NotStoppable(always[0])
    rows = [OptOut(person=person, address=address, kind=name) for name in names]
    OptOut.objects.bulk_create(rows, ignore_conflicts=True)
    if person:
        _take_back("stopped", kind__in=names, to=person)
    else:
        _take_back("stopped", kind__in=names, to=None, address__iexact=address)


def _take_back(why: str, **which: object) -> None:
    Letter.objects.filter(UNSENT, handed_at=None, **which).update(withdrawn_at=timezone.now(), withdrawn_why=why)


def _opt_outs_of(letters: Sequence[Letter]) -> QuerySet[OptOut]:
    """All of one reader."""
    kinds, first = [one.kind for one in letters], letters[0]
    if first.to:
        return OptOut.objects.filter(person=first.to, kind__in=kinds)
    return OptOut.objects.filter(person=None, address__iexact=first.address, kind__in=kinds)
