"""A note for the week's word: once a week, on the weekday and at the time that its client chose, by the clock on their wall.

None comes until they choose. After some that stayed unanswered it rests by itself; the page of the word says so.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.reminders.choices import check_audible, opt_in
from koru.reminders.kinds import kind
from koru.reminders.models import Letter, OptOut
from koru.reminders.planning import UNSENT, withdraw
from koru.reminders.recurring import Recurring, plan_next
from koru.reminders.rhythm import Rhythm

from .models import RoutineChoice
from .routine_day import hold

KIND = "week-word"
PATH = "/routine/word/"
A_WEEK = 7  # days: whichever weekday is chosen next, no two notes within seven days


@neither
@transaction.atomic
def set_week_note(on: int | None, at: time | None, *, by: Person) -> None:
    """On that weekday (1 is Monday) at that time; None for none. Begins anew after a rest. Raises WithinQuietHours."""
    hold(by)
    if on is None or at is None:
        RoutineChoice.objects.filter(client=by).update(note_on=None, note_at=None, note_since=None, note_rests_since=None)
        withdraw(note_of(by.pk), "chosen anew", [KIND])
        return
    check_audible(by, at)
    chosen = {"note_on": on, "note_at": at, "note_since": timezone.now(), "note_rests_since": None}
    RoutineChoice.objects.update_or_create(client=by, defaults=chosen)
    opt_in(by, KIND, by=by)
    _plan(_wanting().filter(client=by), timezone.now())


def note_of(client: UUID) -> UUID:
    """What the notes of one client are about."""
    return uuid5(client, KIND)


def is_stopped(client: Person) -> bool:
    """By the link under one, or among the kinds in settings."""
    return OptOut.objects.filter(person=client, kind=KIND).exists()


def plan_week_notes(now: datetime) -> int:
    """The next note of each client who has none ahead; rest for those whose notes stay unanswered. Safe to run again.

    How many had none.
    """
    ahead = Letter.objects.filter(kind=KIND, to=OuterRef("client"), due_at__gt=now)
    return _plan(_wanting().filter(~Exists(ahead)), now)


def plan_week_notes_anew(now: datetime) -> None:
    """The same for all: by the rules of clocks that hold now."""
    _plan(_wanting(), now)


def replan_week_note(client: Person) -> None:
    """After a move to another zone. Call it in that deed's transaction."""
    _plan(_wanting().filter(client=client), timezone.now())


def not_needed(client: Person, is_answered: Callable[[datetime], bool]) -> None:
    """A word was said: notes about its week stay away, and none counts as unanswered. Part of the word's own transaction."""
    now = timezone.now()
    RoutineChoice.objects.filter(client=client, note_on__isnull=False).update(note_since=now)
    ahead = Letter.objects.filter(UNSENT, kind=KIND, about=note_of(client.pk), handed_at=None)
    answered = [pk for pk, due in ahead.values_list("pk", "due_at") if is_answered(due)]
    ahead.filter(pk__in=answered).update(withdrawn_at=now, withdrawn_why="answered")


def _wanting() -> "QuerySet[RoutineChoice]":
    stopped = OptOut.objects.filter(person=OuterRef("client"), kind=KIND)
    awake = RoutineChoice.objects.filter(~Exists(stopped), note_on__isnull=False, note_rests_since=None)
    return awake.filter(client__is_active=True).select_related("client")


def _plan(wanting: "QuerySet[RoutineChoice]", now: datetime) -> int:
    chosen = list(wanting)
    tired = _tired([one.pk for one in chosen])
    for one in chosen:
        if one.pk in tired:
            _rest(one, now)
    plan_next(_things(one for one in chosen if one.pk not in tired), now)
    return len(chosen)


def _tired(clients: Iterable[UUID]) -> set[UUID | None]:
    """Those whose notes stayed unanswered as often as notes of this kind may."""
    choice = RoutineChoice.objects.filter(client=OuterRef("to"), note_since__lt=OuterRef("sent_at"))
    sent = Letter.objects.filter(Exists(choice), kind=KIND, to__in=list(clients), sent_at__isnull=False)
    counted = sent.values("to").annotate(notes=Count("due_at", distinct=True)).filter(notes__gte=kind(KIND).pauses_after)
    return set(counted.values_list("to", flat=True))


@transaction.atomic
def _rest(choice: RoutineChoice, now: datetime) -> None:
    RoutineChoice.objects.filter(pk=choice.pk, note_since=choice.note_since).update(note_rests_since=now)
    withdraw(note_of(choice.client_id), "rests", [KIND])


def _things(choices: Iterable[RoutineChoice]) -> Iterator[Recurring]:
    for one in choices:
        rhythm = Rhythm(one.note_at or time(), frozenset({(one.note_on or 1) - 1}), apart=A_WEEK)
        yield Recurring(KIND, one.client, note_of(one.client_id), rhythm, context={"path": PATH})
