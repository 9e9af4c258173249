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
from .assigned import Assigned
from .catalogue import Prompt
from .chosen import Chosen, about_assigned, chosen_from
from .models import Entry, PromptSkip
from .suggesting import Skip, Standing

KEPT_LINE = "a1-one-line"


@dataclass(frozen=True, slots=True)
class Offer:
    """A prompt, and why it is this one. `chosen`: the therapist's choice that it comes from, which may be declined."""

    prompt: Prompt
    why: str
    chosen: Chosen | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a client stands, and what their therapist chose."""

    standing: Standing
    chosen: tuple[Chosen, ...]


def offer_for(client: Person, now: datetime, last_mood: int | None = None, without: Collection[str] = ()) -> Offer | None:
    """What to offer a client now, if anything. `without` leaves out prompts for this once."""
    return offered(standing_of(client, now, last_mood, without))


def offered(situation: Situation) -> Offer | None:
    """What a therapist chose comes first, whatever the phase; the rules of depth hold for it too."""
    shelf, standing = library.load(), situation.standing
    chosen = {one.slug: one for one in situation.chosen if one.prompt}
    pool = (*(one.prompt for one in chosen.values() if one.prompt), *shelf.in_phase(standing.reading.phase))
    prompt = suggesting.suggested(pool, standing)
    if prompt is None:
        return None
    return Offer(prompt, why_of(prompt.slug, situation), chosen.get(prompt.slug))


def why_of(slug: str, situation: Situation) -> str:
    """Why this prompt, in words: who chose it, or the phase it was chosen by."""
    reasons = library.load().words.reasons
    chosen = next((one for one in situation.chosen if one.slug == slug), None)
    if chosen is None:
        return suggesting.why(situation.standing.reading, reasons)
    return reasons["question" if chosen.kind == Assigned.Kind.QUESTION else "assigned_by"].format(therapist=chosen.by)


def about_standing(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What the choice asks: what was answered, set aside and chosen, sessions and consent, and whether they have met."""
    answered = Entry.objects.written_by(client).exclude(prompt="").values_list("prompt")
    skips = PromptSkip.objects.of(client).values_list("prompt", "what", "at")
    return answered, skips, *about_assigned(client), has_met(client), *about_phase(client)


together = Together(about_standing)


def standing_of(client: Person, now: datetime, last_mood: int | None, without: Collection[str] = ()) -> Situation:
    """Where a client stands: one round trip to the database, whatever they have written."""
    return standing_from(together(client), client, now, last_mood, without)


def standing_from(
    answers: Sequence[list[Any]], client: Person, now: datetime, last_mood: int | None, without: Collection[str] = ()
) -> Situation:
    """Where a client stands by the answers to `about_standing`."""
    entries, skips, assigned, depths, met, *phase = answers
    answered = tuple(prompt for (prompt,) in entries)
    chosen = tuple(chosen_from(assigned, client.pk))
    standing = Standing(
        reading=phase_from(phase, client, now),
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        answered=answered,
        hidden=suggesting.hidden((Skip(*row) for row in skips), now) | frozenset(without),
        last_theme=theme_of(answered[0]) if answered else "",
        last_mood=last_mood,
        ceiling=depths[0][0] if depths else suggesting.USUAL,
        facts=frozenset(facts(bool(met), answered)),
        assigned=tuple(one.slug for one in chosen if one.prompt),
    )
    return Situation(standing, chosen)


def facts(met: bool, answered: tuple[str, ...]) -> set[str]:
    """What some prompts lean on: a line that was kept, a meeting that took place."""
    known = {"held-meeting": met, "kept-line": KEPT_LINE in answered}
    return {name for name, holds in known.items() if holds}


def theme_of(slug: str) -> str:
    prompt = library.load().prompts.get(slug)
    return prompt.theme if prompt else ""
