"""What Celery runs for this room. Messages carry nothing but "look"; a missed one is made up for by the next."""

from celery import shared_task
from django.utils import timezone

from . import busy_elsewhere
from .offering_sooner import offer_freed_times
from .resting_routines import rest_the_silent
from .routine_notes import plan_notes, plan_notes_anew
from .telling_way_home import tell_the_desk_who_waits
from .trusting import forget_those_over
from .week_notes import plan_week_notes, plan_week_notes_anew

AT_ONCE = 4


@shared_task
def look_at_calendars() -> None:
    """A message a calendar, so that letters go out in between."""
    for _ in range(min(AT_ONCE, busy_elsewhere.due_calendars())):
        look_at_one.delay()


@shared_task
def look_at_one() -> None:
    busy_elsewhere.look_at_one()


@shared_task
def forget_trusted_people() -> None:
    """A day after the end nothing of them is kept. Their link opens nothing by then, whether this ran or not."""
    forget_those_over(timezone.now())


@shared_task
def tell_of_ways_home() -> None:
    """The desk hears of sessions within twelve hours without a way home. Its first page says so, whether this ran or not."""
    tell_the_desk_who_waits(timezone.now())


@shared_task
def offer_what_is_free() -> None:
    """Freed times to who waits. What nobody answered stands in nobody's way, whether this ran or not."""
    offer_freed_times(timezone.now())


@shared_task
def rest_routines() -> None:
    """Those of whom nothing was said for three weeks; the notes of the others by the rules of clocks that hold now."""
    rest_the_silent(timezone.now())
    plan_notes_anew(timezone.now())
    plan_week_notes_anew(timezone.now())


@shared_task
def plan_routine_notes() -> None:
    plan_notes(timezone.now())
    plan_week_notes(timezone.now())
