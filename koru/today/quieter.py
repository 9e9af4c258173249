"""Whoever said yes to it hears a hello when they are quieter than usual: looked at again and again, in a few questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from journaling import signs as writing
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.practices import signs as practising
from koru.safety.quiet_hellos import QuietChoice
from koru.safety.saying_hello import going_on, heard_again, may_be_greeted, say_hello
from koru.safety.silence import LOOKED_BACK, is_quieter
from moodtracking import signs as noticing
from scheduling import signs as meeting

A_DAY = timedelta(days=1)
ROOMS = (writing.signs, noticing.signs, practising.signs, meeting.signs)
Days = Mapping[UUID, Collection[date]]


@transaction.atomic
def look_for_quiet(now: datetime) -> int:
    """Say hello once a quiet spell, and let a spell be over when a sign has come. How many hellos. Safe to run twice."""
    choices = list(may_be_greeted(now))
    open_ones = going_on()
    signs = signs_of({*(one.client_id for one in choices), *(one.client_id for one in open_ones)}, now)
    heard_again([one for one in open_ones if max(signs.get(one.client_id, ()), default=one.last_sign) > one.last_sign])
    return say_hello((one.client, max(signs[one.client_id])) for one in choices if is_due(one, signs, now))


def signs_of(clients: Collection[UUID], now: datetime) -> Days:
    """The days with a sign of each client in the last year. One question."""
    days: dict[UUID, set[date]] = defaultdict(set)
    if clients:
        first, *others = (room(clients, now - LOOKED_BACK) for room in ROOMS)
        for client, day in first.union(*others):
            days[client].add(day)
    return days


def is_due(choice: QuietChoice, signs: Days, now: datetime) -> bool:
    """Whether they are quieter than usual today, counted from their choice at the earliest."""
    today, since = day_of(choice.client, now), day_of(choice.client, choice.chosen_at)
    return is_quieter(signs.get(choice.client_id, ()), today, since=since)


def day_of(client: Person, at: datetime) -> date:
    day: date = local_day(at, ZoneInfo(client.zone), client.day_starts)
    return day
