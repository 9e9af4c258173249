"""Saying of a routine that it was done, in its smallest version or rested: one tap, once a day, taken back as easily."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import local_day
from koru.people.models import Person

from .models import Routine, RoutineMark

How = RoutineMark.How
NEAR = 6  # days back that can still be answered: those of the week that the page shows


@neither
@transaction.atomic
def mark(routine_id: UUID, how: str, *, by: Person, day: date | None = None) -> None:
    """What is said of a day, today unless it names one of the last six; another answer takes its place, and twice is as once.

    Nothing (`how` empty) takes it back. Of a routine that rests nothing can be said any more.
    """
    today = today_of(by)
    about = day or today
    routine = Routine.objects.filter(pk=routine_id, client=by, place__isnull=False).first()
    if routine is None or not 0 <= (today - about).days <= NEAR or how not in ("", *How.values):
        raise Http404
    if not how:
        RoutineMark.objects.filter(client=by, routine=routine, day=about).delete()
        return
    said = RoutineMark(client=by, routine=routine, day=about, how=how, at=timezone.now())
    RoutineMark.objects.bulk_create([said], update_conflicts=True, unique_fields=["routine", "day"], update_fields=["how", "at"])


def today_of(client: Person) -> date:
    """Their own day: from four in the morning, where they are."""
    return local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)


def hold(client: Person) -> None:
    """One deed at a time on somebody's routines, so that two can't find the same place free."""
    list(Person.objects.select_for_update(no_key=True).filter(pk=client.pk).values_list("pk"))
