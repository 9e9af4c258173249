"""Saying of a routine that it was done, in its smallest version or rested: one tap, once a day, taken back as easily."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .models import Routine, RoutineMark
from .routine_day import today_of
from .routine_notes import not_needed

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
    routine = Routine.objects.select_related("client").filter(pk=routine_id, client=by, place__isnull=False).first()
    if routine is None or not 0 <= (today - about).days <= NEAR or how not in ("", *How.values):
        raise Http404
    if not how:
        RoutineMark.objects.filter(client=by, routine=routine, day=about).delete()
        return
    said = RoutineMark(client=by, routine=routine, day=about, how=how, at=timezone.now())
    RoutineMark.objects.bulk_create([said], update_conflicts=True, unique_fields=["routine", "day"], update_fields=["how", "at"])
    if about == today:
        not_needed(routine)
