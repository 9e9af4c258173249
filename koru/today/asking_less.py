"""Letters about something to write, taken back where the week has no room for it: by the same rule as the first page."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from journaling.offering import about_standing, offered, standing_from
from journaling.reminders import KIND
from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, withdraw
from moodtracking.measures.standing import about_asked
from moodtracking.measures.standing import standing_from as asked_from
from scheduling.sessions import sessions_from

from .room import A_WEEK, about_room, has_room

WHY = "the week is full"


@transaction.atomic
def ask_less(now: datetime) -> int:
    """Take back the letters ahead that would ask for more than a week holds. Safe to run again and again. How many."""
    ahead = Letter.objects.filter(UNSENT, kind=KIND, due_at__gt=now, handed_at=None, to__isnull=False)
    full = [letter for letter in ahead.select_related("to").order_by("due_at") if letter.to and is_full(letter.to, letter.due_at)]
    return sum(withdraw(letter.about, WHY, [KIND]) for letter in full)


together = Together(lambda client, since: (*about_asked(client), *about_room(client, since), *about_standing(client)))


def is_full(client: Person, at: datetime) -> bool:
    """Whether nothing is offered then, though something would fit. One query."""
    assigned, booked, *others = together(client, at - A_WEEK)
    day = local_day(at, ZoneInfo(client.zone), client.day_starts)
    offer = offered(standing_from(others[3:], client, at, None))
    measures = asked_from(assigned, sessions_from(booked), client, at)
    return offer is not None and not has_room(offer, day, others[:3], measures)
