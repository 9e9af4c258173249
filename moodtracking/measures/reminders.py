"""When a client is told that a form is ready: on its day at the hour they like, once more three days later, then never.

One letter a day for all that is ready. Planned and taken back with each deed; the clock looks again, since sessions move
without a word to this room.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.walltime import instant_of
from koru.people.models import Person
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import Plan, Recipient
from koru.reminders.recurring import keep
from scheduling.sessions import sessions_from

from .due import quiet_days
from .instrument import Measure
from .models import Assignment
from .standing import Asked, session_days, standing_from, together

KIND = "measure-due"
PATH = "/measures/"
USUAL = time(10)
AGAIN = timedelta(days=3)
USEFUL = timedelta(hours=8)


@transaction.atomic
def replan(client: Person) -> int:
    """Let the letters of a client be those that are wanted now. Safe to run again and again. How many are wanted."""
    wanted = list(_plans(client, timezone.now()))
    keep(wanted, Letter.objects.filter(to=client, kind=KIND))
    return len(wanted)


def replan_all() -> int:
    """The same for everybody who has a measure assigned: what the clock does. How many people."""
    clients = Person.objects.clients().filter(pk__in=Assignment.objects.live().values("client"))
    return sum(1 for client in clients.order_by("pk").iterator() if replan(client) >= 0)


def letter_about(person: UUID, day: date) -> UUID:
    """What the letter of one day is about."""
    return uuid5(person, f"{KIND} {day.isoformat()}")


def _plans(client: Person, now: datetime) -> Iterator[Plan]:
    rows, booked = together(client)
    zone, sessions = ZoneInfo(client.zone), sessions_from(booked)
    stands = standing_from(rows, sessions, client, now)
    quiet = quiet_days(session_days(sessions, zone, client))
    by_day: dict[date, list[Measure]] = defaultdict(list)
    for one in stands.measures:
        for day in letter_days(one):
            if day not in quiet:
                by_day[day].append(one.measure)
    hour = _hour_of(client) if by_day else USUAL
    for day, measures in sorted(by_day.items()):
        letter = _letter(client, day, measures, hour, zone)
        if letter.not_after and letter.not_after > now:  # one that is due and about to go is wanted too
            yield letter


def letter_days(one: Asked) -> Iterator[date]:
    """The day it is asked, and the third after, while it still is."""
    if one.window is None:
        return
    for day in (one.window.asked, one.window.asked + AGAIN):
        if one.window.holds(day):
            yield day


def _letter(client: Person, day: date, measures: Sequence[Measure], hour: time, zone: ZoneInfo) -> Plan:
    minutes = sum(one.minutes for one in measures)
    until = min((one.not_by_letter_after for one in measures if one.not_by_letter_after), default=24)
    due = instant_of(day, hour if hour.hour < until else USUAL, zone)
    end = due + USEFUL if until == 24 else min(due + USEFUL, instant_of(day, time(until), zone))
    return Plan(
        kind=KIND,
        to=Recipient.of(client),
        about=letter_about(client.pk, day),
        revision=minutes,
        due_at=due,
        not_after=end,
        offset=f"{hour:%H%M}",
        context={"path": PATH, "minutes": f"{minutes} minutes" if minutes > 1 else "a minute"},
        asked=False,
    )


def _hour_of(client: Person) -> time:
    found = Preferences.objects.filter(pk=client.pk).values_list("prompt_at", flat=True).first()
    return found or USUAL
