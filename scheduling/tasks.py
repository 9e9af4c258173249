"""What Celery runs for this room: a look whether other calendars are due to be read. Messages carry nothing but "look"."""

from celery import shared_task

from . import busy_elsewhere

AT_ONCE = 4


@shared_task
def look_at_calendars() -> None:
    """A message a calendar, so that letters go out in between."""
    for _ in range(min(AT_ONCE, busy_elsewhere.due_calendars())):
        look_at_one.delay()


@shared_task
def look_at_one() -> None:
    busy_elsewhere.look_at_one()
