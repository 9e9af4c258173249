"""Whether the week has room for something to write: what is asked around today, and what was written lately (3.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from journaling import library
from journaling.models import Entry
from journaling.offering import Offer
from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.burden import Ask, daily, is_full, load, room_on
from moodtracking.measures.standing import Standing, about_asked, standing_from
from moodtracking.models import OwnItem, PickedSymptom
from scheduling.resting import is_calm
from scheduling.sessions import sessions_from

A_WEEK = timedelta(days=7)


def about_room(client: Person, since: datetime) -> "Sequence[QuerySet[Any, Any]]":
    """Further questions of a check-in, symptoms and own ones, and the prompts answered lately with their days."""
    symptoms = PickedSymptom.objects.of(client).live().values_list("pk")
    own = OwnItem.objects.of(client).live().filter(agreed_at__isnull=False).values_list("pk")
    written = Entry.objects.written_by(client).exclude(prompt="").filter(at__gt=since).values_list("local_date", "prompt")
    return symptoms, own, written


def asked_around(today: date, further: int, measures: Standing) -> list[Ask]:
    """The check-ins of the days around, and each measure on the day it was filled in or is asked."""
    found = [
        Ask(day, one.measure.slug, one.measure.minutes)
        for one in measures.measures
        for day in {one.assigned.last, one.window.asked if one.window else None}
        if day is not None
    ]
    return [*daily(today, further), *found]


def has_room(offer: Offer, today: date, answers: Sequence[list[Any]], measures: Standing) -> bool:
    """Whether it is offered, by the answers to `about_room`. What a therapist chose needs room, and no turn."""
    symptoms, own, written = answers
    asked = asked_around(today, len(symptoms) + len(own), measures)
    done = prompts(written)
    if offer.chosen is None and len(done) >= load().prompts:
        return False
    takes = load().prompt if offer.chosen is None else offer.prompt.minutes
    return takes <= room_on(today, [*asked, *done])


def prompts(written: Iterable[tuple[date, str]]) -> list[Ask]:
    """What was written about, each with the minutes of its prompt."""
    shelf = library.load().prompts
    known = ((day, shelf[slug].minutes if slug in shelf else load().prompt) for day, slug in written)
    return [Ask(day, f"prompt {number}", minutes) for number, (day, minutes) in enumerate(known)]


@dataclass(frozen=True, slots=True)
class Week:
    """How a client's week stands: `calm` on the quiet day of a session, `full` when it has asked for all its minutes."""

    calm: bool
    full: bool


together = Together(lambda client, since: (*about_asked(client), *about_room(client, since)))


def week_of(client: Person, at: datetime) -> Week:
    """The seven days around a moment. One query."""
    assigned, booked, symptoms, own, written = together(client, at - A_WEEK)
    sessions, zone = sessions_from(booked), ZoneInfo(client.zone)
    measures = standing_from(assigned, sessions, client, at)
    day = local_day(at, zone, client.day_starts)
    asked = [*asked_around(day, len(symptoms) + len(own), measures), *prompts(written)]
    return Week(is_calm(sessions, zone, at), is_full(day, asked))
