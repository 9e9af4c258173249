"""Letters that would ask for more than a week holds, taken back: by the same rule as the first page and the check-in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from journaling.offering import about_standing, offered, standing_from
from journaling.reminders import KIND as PROMPT
from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.check_in_notes import KIND as CHECK_IN
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, withdraw
from moodtracking.measures.reminders import KIND as MEASURE
from moodtracking.measures.standing import about_asked
from moodtracking.measures.standing import standing_from as asked_from
from scheduling.sessions import sessions_from

from .room import A_WEEK, about_room, has_room, week_of

WHY = "the week is full"
SOON = timedelta(hours=1)


@transaction.atomic
def ask_less(now: datetime) -> int:
    """Take back the letters ahead that would ask for more than a week holds. Safe to run again and again. How many.

    About something to write as soon as it is known. A note to check in, or about a form, only shortly before its time: the
    form's second one, three days later, is looked at anew, so that it waits; after that it lapses (clinical.md 4.7).
    """
    ahead = (
        Letter.objects.filter(UNSENT, due_at__gt=now, handed_at=None, to__isnull=False).select_related("to").order_by("due_at")
    )
    full = [letter for letter in ahead.filter(kind=PROMPT) if letter.to and is_full(letter.to, letter.due_at)]
    soon = ahead.filter(kind__in=(CHECK_IN, MEASURE), due_at__lte=now + SOON)
    full += [letter for letter in soon if letter.to and week_of(letter.to, letter.due_at).full]
    return sum(withdraw(letter.about, WHY, [letter.kind]) for letter in full)


together = Together(lambda client, since: (*about_asked(client), *about_room(client, since), *about_standing(client)))


def is_full(client: Person, at: datetime) -> bool:
    """Whether nothing is offered then, though something would fit. One query."""
    assigned, booked, *others = together(client, at - A_WEEK)
    day = local_day(at, ZoneInfo(client.zone), client.day_starts)
    offer = offered(standing_from(others[3:], client, at, None))
    measures = asked_from(assigned, sessions_from(booked), client, at)
    return offer is not None and not has_room(offer, day, others[:3], measures)
