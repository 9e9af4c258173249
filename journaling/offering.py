"""The prompt that a client is offered now: what the choice looks at, read from what they booked, wrote and set aside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.people.models import Person
from scheduling.sessions import about_phase, has_met, phase_from

from . import library, suggesting
from .catalogue import Prompt
from .models import Entry, PromptSkip
from .suggesting import Skip, Standing

KEPT_LINE = "a1-one-line"


@dataclass(frozen=True, slots=True)
class Offer:
    """A prompt, and why it is this one."""

    prompt: Prompt
    why: str


def offer_for(client: Person, now: datetime, last_mood: int | None = None, without: Collection[str] = ()) -> Offer | None:
    """What to offer a client now, if anything. `without` leaves out prompts for this once."""
    return offered(standing_of(client, now, last_mood, without))


def offered(standing: Standing) -> Offer | None:
    shelf = library.load()
    prompt = suggesting.suggested(shelf.in_phase(standing.reading.phase), standing)
    return Offer(prompt, suggesting.why(standing.reading, shelf.words.reasons)) if prompt else None


def about_standing(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What the choice asks: what was answered and set aside, the sessions and consent, and whether they have met."""
    answered = Entry.objects.written_by(client).exclude(prompt="").values_list("prompt")
    skips = PromptSkip.objects.of(client).values_list("prompt", "what", "at")
    return answered, skips, has_met(client), *about_phase(client)


together = Together(about_standing)


def standing_of(client: Person, now: datetime, last_mood: int | None, without: Collection[str] = ()) -> Standing:
    """Where a client stands: one round trip to the database, whatever they have written."""
    return standing_from(together(client), client, now, last_mood, without)


def standing_from(
    answers: Sequence[list[Any]], client: Person, now: datetime, last_mood: int | None, without: Collection[str] = ()
) -> Standing:
    """Where a client stands by the answers to `about_standing`."""
    entries, skips, met, *phase = answers
    answered = tuple(prompt for (prompt,) in entries)
    return Standing(
        reading=phase_from(phase, client, now),
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        answered=answered,
        hidden=suggesting.hidden((Skip(*row) for row in skips), now) | frozenset(without),
        last_theme=theme_of(answered[0]) if answered else "",
        last_mood=last_mood,
        facts=frozenset(facts(bool(met), answered)),
    )


def facts(met: bool, answered: tuple[str, ...]) -> set[str]:
    """What some prompts lean on: a line that was kept, a meeting that took place."""
    known = {"held-meeting": met, "kept-line": KEPT_LINE in answered}
    return {name for name, holds in known.items() if holds}


def theme_of(slug: str) -> str:
    prompt = library.load().prompts.get(slug)
    return prompt.theme if prompt else ""
