"""The deeds around a check-in. Its writer is always the client it is about."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import either, narrows, neither
from koru.moments.spans import local_day
from koru.moments.turns import Turn
from koru.people.models import Person
from koru.reminders.choices import answered
from scheduling.models import Appointment
from scheduling.resting import waits_for

from .felt_at import is_within_reach
from .given import Given, NotOnTheScale
from .item_sets import load
from .items_of import is_own, own_items
from .models import EDITABLE_FOR, CheckIn

SITTING_MINUTES = 10


class CannotChange(ValueError):
    """The check-in stays as it is."""


class TooLate(CannotChange):
    """More than 24 hours have passed: only the note can change, or trends would bend."""


class Removed(CannotChange):
    """It was removed, perhaps in another tab."""


class OutOfReach(CannotChange):
    """The time it is about is ahead, or before yesterday."""


@either
@transaction.atomic
def check_in(
    given: Given,
    *,
    by: Person,
    key: UUID,
    kind: CheckIn.Kind = CheckIn.Kind.DAILY,
    about: Appointment | None = None,
) -> CheckIn:
    """Keep what a client tells about themselves. The same key twice is the same check-in: the later words count.

    Raises Removed, TooLate or OutOfReach.
    """
    _knows(given, by)
    fresh = _fresh(by, key, kind, about)
    _lay_over(fresh, given, by)
    CheckIn.objects.bulk_create([fresh], ignore_conflicts=True)
    row = CheckIn.objects.written_by(by).select_for_update().get(key=key)
    if row.pk != fresh.pk:
        return _changed(row, given, by)
    answered(by)
    return row


def _fresh(client: Person, key: UUID, kind: CheckIn.Kind, about: Appointment | None) -> CheckIn:
    now = timezone.now()
    questions = load()
    return CheckIn(
        client=client,
        key=key,
        kind=kind,
        about_appointment=about,
        at=now,
        recorded_at=now,
        zone=client.zone,
        local_date=local_day(now, ZoneInfo(client.zone), client.day_starts),
        item_set_version=questions.version if kind == CheckIn.Kind.DAILY else questions.side_effects_version,
    )


@either
@transaction.atomic
def change(check_in: CheckIn, given: Given, *, by: Person) -> CheckIn:
    """Lay new answers over a check-in of the last 24 hours; a note at any time. Raises Removed, TooLate or OutOfReach."""
    _knows(given, by)
    return _changed(CheckIn.objects.written_by(by).select_for_update().get(pk=check_in.pk), given, by)


def _changed(row: CheckIn, given: Given, by: Person) -> CheckIn:
    """The row is held by its lock. What was overtaken on its way is laid over the row only for what has to be noticed."""
    if row.deleted_at:
        raise Removed
    overtaken = given.turn is not None and given.turn.is_overtaken_by(row.turn)
    before = _told(row)
    _lay_over(row, given, by)
    if _told(row) != before and not row.may_change(timezone.now()):
        raise TooLate
    if not overtaken:
        _mark_edited(row)
        row.save()
    return row


def _knows(given: Given, by: Person) -> None:
    """Answers to questions in words of their own have to be to their own, and on its scale. No query without any."""
    told = {key: value for key, value in given.answers.items() if is_own(key)}
    known = own_items(by) if told else {}
    for key, value in told.items():
        if key not in known or not (value is None or known[key].allows(value)):
            raise NotOnTheScale(key)


def _told(row: CheckIn) -> tuple[object, ...]:
    """All that trends are drawn from."""
    return dict(row.answers), list(row.tags), list(row.still_there), row.at, row.own_tags


def _lay_over(row: CheckIn, given: Given, by: Person) -> None:
    row.answers = given.over(row.answers)
    if given.at is not None:
        _move(row, given, by)
    for name in ("tags", "still_there", "own_tags", "note"):
        value = getattr(given, name)
        if value is not None:
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    if given.note_share is not None:
        _share(row, given.note_share, by)
    if given.held:
        row.held_at = row.held_at or timezone.now()
    row.turn = str(given.turn or row.turn)


def _share(row: CheckIn, level: str, by: Person) -> None:
    """Less acts at once; more waits for a day after a dosing session."""
    widens = level not in (row.note_share, CheckIn.Share.ONLY_ME)
    if not (widens and waits_for(by, timezone.now())):
        row.note_share = level


def _move(row: CheckIn, given: Given, by: Person) -> None:
    """The day it belongs to is told by the zone it was written in, wherever the client is by now."""
    if given.at is None or given.at == row.at:
        return
    zone = ZoneInfo(row.zone)
    if not is_within_reach(given.at, row.recorded_at, zone):
        raise OutOfReach
    row.at = given.at
    row.local_date = local_day(given.at, zone, by.day_starts)


def _mark_edited(row: CheckIn) -> None:
    """Taps of the same sitting belong to the filling-in; a later one is an edit."""
    now = timezone.now()
    if (now - row.recorded_at).total_seconds() > SITTING_MINUTES * 60:
        row.edited_at = now


@neither
def answer(check_in: CheckIn, key: str, value: int | float | None, *, by: Person) -> CheckIn:
    """One tap: one answer kept, or taken back with None."""
    return change(check_in, Given(answers={key: value}), by=by)


@narrows
@transaction.atomic
def take_back(key: UUID, *, by: Person, turn: Turn | None = None) -> None:
    """Every answer was tapped away again: nothing is left to keep. Only while it can still be changed."""
    since = timezone.now() - EDITABLE_FOR
    mine = CheckIn.objects.written_by(by).kept().filter(key=key, recorded_at__gt=since)
    row = mine.select_for_update().first()
    if row and not (turn and turn.is_overtaken_by(row.turn)):
        row.delete()


@narrows
@transaction.atomic
def remove(check_in: CheckIn, *, by: Person) -> None:
    """Out of every list and line at once; `bring_back` undoes it."""
    CheckIn.objects.written_by(by).kept().filter(pk=check_in.pk).update(deleted_at=timezone.now())


@either
@transaction.atomic
def bring_back(check_in: CheckIn, *, by: Person) -> None:
    """As it was; within a day of a session its note is the writer's alone again."""
    mine = CheckIn.objects.written_by(by).filter(pk=check_in.pk, deleted_at__isnull=False)
    alone = {"note_share": CheckIn.Share.ONLY_ME} if waits_for(by, timezone.now()) else {}
    mine.update(deleted_at=None, **alone)
