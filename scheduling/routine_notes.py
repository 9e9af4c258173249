"""A note at a time and on weekdays of the client's own choice: by the clock on their wall, and only until they are asked anew.

Its link marks that one day without signing in, and shows nothing (koru.reminders.quick_links).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span, local_day
from koru.people.models import Person
from koru.reminders.choices import check_audible
from koru.reminders.models import Letter, OptOut
from koru.reminders.planning import UNSENT, withdraw
from koru.reminders.quick_links import PLACE
from koru.reminders.recurring import Recurring, plan_next
from koru.reminders.rhythm import Rhythm

from .models import Routine, RoutineMark
from .routine_day import hold, today_of

KIND = "routine"
PATH = f"/routine/note/{PLACE}/"


@neither
@transaction.atomic
def set_notes(routine_id: UUID, at: time | None, days: Iterable[int], *, by: Person) -> Routine:
    """At that time on those weekdays (1 is Monday), three at most; no time or no day: no notes. Raises WithinQuietHours."""
    hold(by)
    routine = Routine.objects.filter(pk=routine_id, client=by, place__isnull=False).first()
    if routine is None:
        raise Http404
    chosen = sorted(set(days)) if at else []
    check_audible(by, at if chosen else None)
    routine.remind_at, routine.remind_days = (at, chosen) if chosen else (None, [])
    routine.save(update_fields=["remind_at", "remind_days"])
    replan(routine, "chosen anew")
    return routine


def replan(routine: Routine, why: str) -> None:
    """Its notes as it stands now. Call it in the transaction of the deed that changes it."""
    if not _wanting().filter(pk=routine.pk).exists():
        withdraw(routine.pk, why, [KIND])
        return
    _plan([routine], timezone.now())


def replan_notes(client: Person) -> None:
    """After a move to another zone. Call it in that deed's transaction."""
    _plan(list(_wanting().filter(client=client)), timezone.now())


def plan_notes(now: datetime) -> int:
    """The next note of each routine that has none ahead. Safe to run again and again. How many had none."""
    ahead = Letter.objects.filter(kind=KIND, about=OuterRef("pk"), due_at__gt=now)
    missing = list(_wanting().filter(~Exists(ahead)))
    _plan(missing, now)
    return len(missing)


def plan_notes_anew(now: datetime) -> None:
    """The same for all: by the rules of clocks that hold now."""
    _plan(list(_wanting()), now)


def not_needed(routine: Routine) -> None:
    """It was answered today: today's note stays away. Part of the mark's own transaction."""
    client = routine.client
    ends = Span.of_day(today_of(client), ZoneInfo(client.zone), client.day_starts).end
    todays = Letter.objects.filter(UNSENT, kind=KIND, about=routine.pk, handed_at=None, due_at__lt=ends)
    todays.update(withdrawn_at=timezone.now(), withdrawn_why="answered")


def mark_by_note(note: Letter, how: str) -> None:
    """Say of the day that a note came on how it was. Once: what was said of that day before stays. Raises Http404."""
    routine = Routine.objects.filter(pk=note.about, client=note.to_id, place__isnull=False).first()
    if routine is None or how not in RoutineMark.How.values:
        raise Http404
    said = RoutineMark(client_id=routine.client_id, routine=routine, day=day_of(note), how=how, at=timezone.now())
    RoutineMark.objects.bulk_create([said], ignore_conflicts=True)


def day_of(note: Letter) -> date:
    """The day of its reader's that a note came on, by the wall clock it was planned for."""
    day_starts = note.to.day_starts if note.to else time(4)
    return local_day(note.due_at, ZoneInfo(note.zone), day_starts)


def _wanting() -> "QuerySet[Routine]":
    stopped = OptOut.objects.filter(person=OuterRef("client"), kind=KIND)
    active = Routine.objects.filter(~Exists(stopped), place__isnull=False, client__is_active=True)
    return active.exclude(remind_at=None).select_related("client")


def _plan(routines: list[Routine], now: datetime) -> None:
    """One whose next day would lie past the day from which they are asked anew gets none."""
    over = [one for one in routines if not _comes(one, now)]
    for one in over:
        withdraw(one.pk, "asked anew", [KIND])
    plan_next(_things(one for one in routines if one not in over), now)


def _comes(routine: Routine, now: datetime) -> bool:
    day, _ = rhythm_of(routine).after(now, ZoneInfo(routine.client.zone))
    return day < routine.look_on


def rhythm_of(routine: Routine) -> Rhythm:
    return Rhythm(routine.remind_at or time(), frozenset(day - 1 for day in routine.remind_days))


def _things(routines: Iterable[Routine]) -> Iterator[Recurring]:
    for one in routines:
        yield Recurring(KIND, one.client, one.pk, rhythm_of(one), useful=timedelta(hours=6), context={"path": PATH})
