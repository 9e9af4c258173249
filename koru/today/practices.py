"""The practice that may fit a client now: where they stand, what they told, what they said of practices before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from journaling.offering import Situation as Offering
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.practices import library, states
from koru.practices.known import Known, about_practices, known_from
from koru.practices.recommending import Situation, Suggestion, recommend
from moodtracking.last_told import Told, about_answers, told_since

LATELY = timedelta(hours=24)
HARM = "symptom:urge-to-harm"
MINUTES = {"2": "2 minutes", "5": "5 minutes", "10": "10 minutes", "": "any time"}


@dataclass(frozen=True, slots=True)
class Fitting:
    """The one that stands first, and what was asked for. `people_first`: somebody's hard moment is no exercise.

    `suggestion` is None when nothing fits those minutes.
    """

    suggestion: Suggestion | None
    minutes: str
    people_first: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(MINUTES.items())


def about_fitting(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    return about_answers(client), *about_practices(client)


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose, when, with what time for it, and where they stand as the offering of prompts has it."""

    client: Person
    now: datetime
    minutes: str
    stands: Offering


def fitting_from(answers: Sequence[list[Any]], asking: Asking) -> Fitting | None:
    """By the answers to `about_fitting`. None on a quiet day, when the client wants none suggested, or when none ever fits."""
    newest, *rest = answers
    known, told = known_from(rest, asking.client.pk, asking.now), told_since(newest, asking.now - LATELY)
    minutes = asking.minutes if asking.minutes in MINUTES else ""
    found = recommend(library.load().practices.values(), situation_of(known, told, asking, minutes), states.load(), 1)
    if asking.stands.is_quiet or not known.suggests or not (found or minutes):
        return None
    people_first = asking.stands.standing.flagged or told.answers.get(HARM, 0) >= 1
    return Fitting(found[0] if found else None, minutes, people_first)


def situation_of(known: Known, told: Told, asking: Asking, minutes: str) -> Situation:
    """What the rules look at. The day decides between equals: the same all day, another tomorrow and for somebody else."""
    client, zone = asking.client, ZoneInfo(asking.client.zone)
    return Situation(
        phase=asking.stands.standing.reading.phase,
        hour=asking.now.astimezone(zone).hour,
        answers=told.answers,
        tags=told.tags,
        minutes=int(minutes) if minutes else None,
        ratings=known.ratings,
        lately=known.lately,
        picks=known.picks,
        away=known.away,
        cautions=known.cautions,
        seed=f"{client.pk} {local_day(asking.now, zone, client.day_starts)}",
    )
