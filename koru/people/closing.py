"""Closing the clinic on days, and opening it again. What is booked then stays booked, and is listed (scheduling.conflicts)."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404

from koru.moments.directions import neither

from .clinic import the_clinic
from .models import ClosedDay, Person


@neither
@transaction.atomic
def close_days(
    first: date, last: date, *, by: Person, shut_from: time | None = None, shut_until: time | None = None, name: str = ""
) -> None:
    """Closed on each day from `first` to `last`: all day, from an hour on, or between two. Twice is as once."""
    _allow(by)
    clinic = the_clinic()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    closed = (ClosedDay(clinic=clinic, on=day, name=name, shut_from=shut_from, shut_until=shut_until) for day in days)
    ClosedDay.objects.bulk_create(closed, ignore_conflicts=True)


@neither
@transaction.atomic
def open_days(closed: Iterable[UUID], *, by: Person) -> None:
    """As the week says again. Twice is as once."""
    _allow(by)
    ClosedDay.objects.filter(pk__in=closed).delete()


def _allow(by: Person) -> None:
    if not by.is_desk:
        raise Http404
