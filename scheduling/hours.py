"""Changing when somebody is there: weekly hours, and days that differ. What is booked already stays booked."""

from datetime import date, time

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404

from koru.moments.directions import neither
from koru.people.models import Person

from .models import AvailabilityException, AvailabilityRule


def may_set_hours(by: Person, therapist: Person | None) -> bool:
    """A therapist their own; the desk everybody's, and the days of the whole clinic."""
    return by.is_desk or (therapist is not None and by.pk == therapist.pk and by.is_therapist)


def _allow(by: Person, therapist: Person | None) -> None:
    if not may_set_hours(by, therapist):
        raise Http404


@neither
@transaction.atomic
def add_weekly(
    therapist: Person, weekday: int, opens: time, closes: time, starting: date, *, by: Person, until: date | None = None
) -> AvailabilityRule:
    """Be there each week from a day on, until the day before `until` if it is given."""
    _allow(by, therapist)
    rule, _ = AvailabilityRule.objects.get_or_create(
        therapist=therapist, weekday=weekday, opens=opens, closes=closes, valid=DateRange(starting, until, "[)")
    )
    return rule


@neither
@transaction.atomic
def end_weekly(rule: AvailabilityRule, on: date, *, by: Person) -> None:
    """Not there any more from that day on. Hours that have not begun by then go altogether. Twice is as once."""
    current = AvailabilityRule.objects.select_for_update().select_related("therapist").filter(pk=rule.pk).first()
    if current is None:
        return
    _allow(by, current.therapist)
    begins, ends = current.valid.lower, current.valid.upper
    if begins is not None and begins >= on:
        current.delete()
    elif ends is None or ends > on:
        current.valid = DateRange(begins, on, "[)")
        current.save(update_fields=["valid"])


@neither
@transaction.atomic
def add_day(
    therapist: Person | None, what: str, on: date, *, by: Person, opens: time | None = None, closes: time | None = None
) -> AvailabilityException:
    """A day that differs. Away without hours is all day; without a therapist it is the whole clinic."""
    _allow(by, therapist)
    day, _ = AvailabilityException.objects.get_or_create(therapist=therapist, what=what, on=on, opens=opens, closes=closes)
    return day


@neither
@transaction.atomic
def remove_day(day: AvailabilityException, *, by: Person) -> None:
    """As the week says again. Twice is as once."""
    _allow(by, day.therapist)
    AvailabilityException.objects.filter(pk=day.pk).delete()
