"""Routines of whom nothing was said for three weeks rest by themselves, quietly (clinical.md 7.4)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from koru.moments.spans import local_day
from koru.people.models import Person

from .keeping_routine import lay_to_rest
from .models import Routine, RoutineChoice, RoutineMark
from .routine_day import hold
from .routine_page import last_word, marks_of
from .routine_week import ALL_REST, Return, return_after

SURELY = timedelta(days=ALL_REST - 1)  # days begin at different hours: what lies within it can't be long enough ago


def rest_the_silent(now: datetime) -> int:
    """How many clients' routines were laid to rest. Safe to run again and again."""
    since = now - SURELY
    said = Exists(RoutineMark.objects.filter(client=OuterRef("client"), at__gt=since))
    begun = Exists(Routine.objects.filter(client=OuterRef("client"), place__isnull=False, since__gt=since))
    quiet = Routine.objects.filter(~Q(said), ~Q(begun), place__isnull=False)
    clients = Person.objects.filter(pk__in=quiet.values("client"))
    return sum(_rest(client, now) for client in clients)


@transaction.atomic
def _rest(client: Person, now: datetime) -> bool:
    hold(client)
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    active = list(Routine.objects.filter(client=client, place__isnull=False))
    back_on = RoutineChoice.objects.filter(client=client).values_list("back_on", flat=True).first()
    last = last_word(active, marks_of(client, today), back_on, client)
    if return_after(last, today, len(active)) is not Return.ALL_REST:
        return False
    for routine in active:
        lay_to_rest(routine)
    return True
