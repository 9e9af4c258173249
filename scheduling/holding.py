"""Holding a time for ten minutes while somebody makes up their mind: nothing is booked, told or shown to anybody by it."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.people.models import Person

from .alone import deed, overlap_as
from .booking import Asked, may_book, opening_for, row_for
from .holds import HOLD, make_way, own_hold, was_lengthened
from .models import Appointment
from .open_times import nearest
from .refusals import TimeTaken
from .standing import traced


@widens
@deed
def hold(asked: Asked, start: datetime, *, by: Person, way_home: str = "") -> Appointment:
    """Hold a time for `by`, on the terms of booking it. Somebody holds one time: another is let go for it.

    What they hold already goes on as it was, to the same moment. Raises a Refused; then what was held before still is.
    """
    now = timezone.now()
    may_book(asked, by)
    if (own := own_hold(by, now)) and asked.is_for(own, start):
        return _with_way_home(own, way_home, now)
    make_way(by, now)
    wish = asked.wish(by)
    held = row_for(wish, opening_for(wish, start, now), asked)
    held.state, held.held_until, held.booked_at = Appointment.State.HELD, now + HOLD, now
    held.booked_by, held.way_home, held.way_home_at = by, way_home, now if way_home else None
    with (
        traced(asked.client, by, "time held", held.pk),
        overlap_as(lambda: TimeTaken(look=partial(nearest, wish, start, now=now))),
    ):
        held.save(force_insert=True)
    return held


@neither
@deed
def hold_longer(*, by: Person, way_home: str = "") -> Appointment | None:
    """Ten more minutes, once; twice is as once. None when nothing is held any more."""
    now = timezone.now()
    held = own_hold(by, now)
    if held is None:
        return None
    if held.held_until and not was_lengthened(held):
        held.held_until += HOLD
        held.save(update_fields=["held_until"])
    return _with_way_home(held, way_home, now)


@narrows
@transaction.atomic
def let_go(hold_id: UUID, *, by: Person) -> None:
    """Free what one holds. A word that comes late frees no newer hold; twice is as once."""
    Appointment.objects.filter(pk=hold_id, booked_by=by, state=Appointment.State.HELD).delete()


def _with_way_home(held: Appointment, way_home: str, now: datetime) -> Appointment:
    """What was typed meanwhile is kept with the hold, for a page that is loaded anew."""
    if way_home and way_home != held.way_home:
        held.way_home, held.way_home_at = way_home, now
        held.save(update_fields=["way_home", "way_home_at"])
    return held
