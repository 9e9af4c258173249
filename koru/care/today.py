"""A therapist's people today: who comes, who is here, who has been. Names and times, nothing out of a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from koru.moments.spans import Span, local_day
from koru.people.models import Person
from scheduling.day_state import seen_of
from scheduling.models import Appointment
from scheduling.querysets import not_over

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Today:
    """`ahead` with those that are running; `over`: what took place or didn't, whose times can still be put right."""

    ahead: list[Appointment]
    over: list[Appointment]

    @property
    def seen(self) -> str:
        """Tells two states apart, so that a page that is open asks for no more than it needs."""
        return seen_of([*self.ahead, *self.over])


def ahead_and_lately(therapist: Person, now: datetime) -> "QuerySet[Appointment]":
    """Everything booked ahead, and what was over in the last day. One query."""
    lately = Q(state__in=["met", "missed"], during__overlap=Span(now - A_DAY, now).range)
    return Appointment.objects.of_therapist(therapist).filter(not_over(now) | lately).order_by("during")


def today_from(found: Iterable[Appointment], now: datetime, zone: ZoneInfo) -> Today:
    """Of those appointments the ones of this day, in the therapist's zone."""
    day = local_day(now, zone)
    mine = [one for one in found if local_day(one.starts, zone) <= day]
    over = [one for one in mine if one.state != Appointment.State.BOOKED and local_day(one.starts, zone) == day]
    return Today([one for one in mine if one.state == Appointment.State.BOOKED], over)


def today_of(therapist: Person) -> Today:
    now = timezone.now()
    soon = ahead_and_lately(therapist, now).filter(during__startswith__lt=now + A_DAY)
    return today_from(soon, now, ZoneInfo(therapist.zone))
