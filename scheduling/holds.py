"""Rows that hold a time while somebody makes up their mind. They stand in the way of others, never of the one who holds."""

from datetime import datetime, timedelta

from koru.people.models import Person

from .models import Appointment

HOLD = timedelta(minutes=10)


def own_hold(by: Person | None, now: datetime) -> Appointment | None:
    """What somebody holds at this moment: one time, if any. One query."""
    if by is None:
        return None
    held = Appointment.objects.filter(booked_by=by, state=Appointment.State.HELD, held_until__gt=now)
    return held.select_related("kind", "client", "request", "therapist", "second_person", "room").first()


def was_lengthened(held: Appointment) -> bool:
    """`booked_at` of a hold is when it began."""
    return held.held_until is not None and held.held_until > held.booked_at + HOLD


def make_way(by: Person | None, now: datetime, keep: Appointment | None = None) -> None:
    """Take holds out of the way: all that are past their time, be there a clock that clears them or not, and one's own.

    An expired hold still stands in the exclusion constraints, so each deed that takes time does this first.
    """
    held = Appointment.objects.filter(state=Appointment.State.HELD)
    held.filter(held_until__lte=now).delete()
    if by is not None:
        own = held.filter(booked_by=by)
        (own.exclude(pk=keep.pk) if keep else own).delete()
