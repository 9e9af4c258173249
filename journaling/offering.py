"""The prompt that a client is offered now: what the choice looks at, read from what they booked, wrote and set aside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from koru.moments.questions import Together
from koru.people.models import Person
from koru.safety.standing import open_flags
from scheduling.resting import is_calm
from scheduling.sessions import about_phase, has_met, phase_from, sessions_from

from . import library, suggesting
from .assigned import Assigned
from .catalogue import Prompt
from .chosen import Chosen, about_assigned, chosen_from
from .models import Entry, EntryPart, PromptSkip
from .suggesting import Answered, Skip, Standing

KEPT_LINE = "a1-one-line"


@dataclass(frozen=True, slots=True)
class Offer:
    """A prompt, and why it is this one. `chosen`: the therapist's choice that it comes from, which may be declined."""

    prompt: Prompt
    why: str
    chosen: Chosen | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a client stands, what their therapist chose, and whether it is the quiet day: then nothing is offered."""

    standing: Standing
    chosen: tuple[Chosen, ...]
    is_quiet: bool = False


def offer_for(client: Person, now: datetime, without: Collection[str] = ()) -> Offer | None:
    """What to offer a client now, if anything. `without` leaves out prompts for this once."""
    return offered(standing_of(client, now, without))


def offered(situation: Situation) -> Offer | None:
    """What a therapist chose comes first, whatever the phase; the rules of depth hold for it too."""
    if situation.is_quiet:
        return None
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
    """What the choice asks: what was answered, set aside and chosen, an open flag, sessions, consent, and meetings."""
    answered = Entry.objects.written_by(client).exclude(prompt="").values_list("prompt", "at")
    parts = EntryPart.objects.filter(client=client, entry__deleted_at=None).values_list("prompt", "kept_at")
    skips = PromptSkip.objects.of(client).values_list("prompt", "what", "at")
    flagged = open_flags(client).order_by().values_list("id")[:1]
    return answered, parts, skips, flagged, *about_assigned(client), has_met(client), *about_phase(client)


together = Together(about_standing)


def standing_of(client: Person, now: datetime, without: Collection[str] = ()) -> Situation:
    """Where a client stands: one round trip to the database, whatever they have written, and one for the mood told last."""
    mood: float | None = import_string(settings.KORU_MOOD_TOLD)(client)
    return standing_from(together(client), client, now, mood, without)


def standing_from(
    answers: Sequence[list[Any]], client: Person, now: datetime, last_mood: float | None, without: Collection[str] = ()
) -> Situation:
    """Where a client stands by the answers to `about_standing`."""
    entries, parts, skips, flagged, assigned, depths, met, *phase = answers
    given = [Answered(*row) for row in sorted((*entries, *parts), key=itemgetter(1), reverse=True)]
    answered = tuple(one.prompt for one in given)
    chosen = tuple(chosen_from(assigned, client.pk))
    standing = Standing(
        reading=phase_from(phase, client, now),
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        answered=answered,
        lately=suggesting.lately(given, now),
        tender_lately=suggesting.tender_lately(given, library.load().prompts, now),
        hidden=suggesting.hidden((Skip(*row) for row in skips), now) | frozenset(without),
        last_theme=theme_of(answered[0]) if answered else "",
        last_mood=last_mood,
        flagged=bool(flagged),
        ceiling=depths[0][0] if depths else suggesting.USUAL,
        facts=frozenset(facts(bool(met), answered)),
        assigned=tuple(one.slug for one in chosen if one.prompt),
    )
    quiet = is_calm(sessions_from(phase[0]), ZoneInfo(client.zone), now)
    return Situation(standing, chosen, quiet)


def facts(met: bool, answered: tuple[str, ...]) -> set[str]:
    """What some prompts lean on: a line that was kept, a meeting that took place."""
    known = {"held-meeting": met, "kept-line": KEPT_LINE in answered}
    return {name for name, holds in known.items() if holds}


def theme_of(slug: str) -> str:
    prompt = library.load().prompts.get(slug)
    return prompt.theme if prompt else ""
