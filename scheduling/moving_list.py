"""What is offered when something is moved: what the deed would do, with what belongs to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from koru.moments.spans import Span
from koru.people.models import Person

from .course_planning import A_DAY, WITHIN
from .models import Appointment
from .moving import wish_to_move
from .open_times import Wish, open_times
from .pairs import follower_of, session_of, what_fits
from .refusals import OpenTime

Openings = list[OpenTime]


def offer_to_move(
    appointment: Appointment, by: Person | None, now: datetime
) -> tuple[Wish, Callable[[Openings], Openings], Appointment | None]:
    """What to look for, which of it to show, and what goes along."""
    along = follower_of(appointment)
    wish = wish_to_move(appointment, by, along=along)
    if along is None and session_of(appointment) is None:
        return wish, list, None

    def follow() -> Openings:
        if along is None:
            return []
        theirs = replace(wish_to_move(along, by), along=appointment.pk)
        days = timedelta(days=wish.kind.horizon_days) + WITHIN + A_DAY
        return open_times(theirs, Span(now, now + days), now=now)

    return wish, lambda openings: what_fits(openings, appointment, by, follow), along
