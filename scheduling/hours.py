"""Changing when somebody is there, or a room open: weekly hours, and days that differ. What is booked stays booked.

Each waits for the one lock of bookings: nobody books, and nobody else changes hours, while one of these looks and writes.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404

from koru.moments.directions import neither
from koru.people.closing import close_days, open_days
from koru.people.models import Person

from .alone import deed
from .models import AvailabilityException, AvailabilityRule, Room

Whose = Person | Room
LONGEST = timedelta(days=366)


def may_set_hours(by: Person, whose: Whose | None) -> bool:
    """A therapist their own; the desk everybody's, the rooms', and the days of the whole clinic (None)."""
    return by.is_desk or (isinstance(whose, Person) and by.pk == whose.pk and by.is_therapist)


def allow(by: Person, whose: Whose | None) -> None:
    if not may_set_hours(by, whose):
        raise Http404


def columns(whose: Whose) -> dict[str, Any]:
    """Whose hours a row is."""
    return {"room": whose, "therapist": None} if isinstance(whose, Room) else {"therapist": whose, "room": None}


@neither
@deed
def add_weekly(
    whose: Whose, weekday: int, opens: time, closes: time, starting: date, *, by: Person, until: date | None = None
) -> AvailabilityRule:
    """Be there each week from a day on, until the day before `until` if it is given."""
    allow(by, whose)
    rule, _ = AvailabilityRule.objects.get_or_create(
        **columns(whose), weekday=weekday, opens=opens, closes=closes, valid=DateRange(starting, until, "[)")
    )
    return rule


@neither
@deed
def end_weekly(rule: AvailabilityRule, on: date, *, by: Person) -> None:
    """Not there any more from that day on. Hours that have not begun by then go altogether. Twice is as once."""
    current = AvailabilityRule.objects.select_for_update(of=("self",)).select_related("therapist", "room").filter(pk=rule.pk)
    for one in current:
        allow(by, one.whose)
        end_rule(one, on)


def end_rule(rule: AvailabilityRule, on: date) -> None:
    begins, ends = rule.valid.lower, rule.valid.upper
    if begins is not None and begins >= on:
        rule.delete()
    elif ends is None or ends > on:
        rule.valid = DateRange(begins, on, "[)")
        rule.save(update_fields=["valid"])


@neither
@deed
def add_days(
    whose: Whose | None,
    what: str,
    first: date,
    last: date,
    *,
    by: Person,
    opens: time | None = None,
    closes: time | None = None,
    name: str = "",
) -> None:
    """Days that differ, from `first` to `last`. Away is all day, from an hour on, or between two. None: the whole clinic."""
    allow(by, whose)
    if whose is None:
        close_days(first, last, by=by, shut_from=opens, shut_until=closes, name=name)
        return
    alike = {**columns(whose), "what": what, "opens": opens, "closes": closes}
    there = set(AvailabilityException.objects.filter(**alike, on__range=(first, last)).values_list("on", flat=True))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    AvailabilityException.objects.bulk_create(AvailabilityException(**alike, on=day) for day in days if day not in there)


@neither
@deed
def remove_days(days: Iterable[UUID], *, whose: Whose | None, by: Person) -> None:
    """As the week says again. None: the clinic opens on them. Twice is as once."""
    allow(by, whose)
    if whose is None:
        open_days(days, by=by)
    else:
        AvailabilityException.objects.filter(**columns(whose), pk__in=days).delete()
