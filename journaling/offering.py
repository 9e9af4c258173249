"""The prompt that a client is offered now: what the choice looks at, read from what they booked, wrote and set aside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.people.models import Person
from scheduling.models import Appointment
from scheduling.sessions import phase_of

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
    standing = standing_of(client, now, last_mood, without)
    shelf = library.load()
    prompt = suggesting.suggested(shelf.in_phase(standing.reading.phase), standing)
    return Offer(prompt, suggesting.why(standing.reading, shelf.words.reasons)) if prompt else None


def standing_of(client: Person, now: datetime, last_mood: int | None, without: Collection[str] = ()) -> Standing:
    """Where a client stands: five questions to the database, whatever they have written."""
    answered = tuple(Entry.objects.written_by(client).exclude(prompt="").values_list("prompt", flat=True))
    skips = PromptSkip.objects.of(client).values_list("prompt", "what", "at")
    return Standing(
        reading=phase_of(client, now),
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        answered=answered,
        hidden=suggesting.hidden((Skip(*row) for row in skips), now) | frozenset(without),
        last_theme=theme_of(answered[0]) if answered else "",
        last_mood=last_mood,
        facts=frozenset(facts(client, answered)),
    )


def facts(client: Person, answered: tuple[str, ...]) -> set[str]:
    """What some prompts lean on: a line that was kept, a meeting that took place."""
    met = Appointment.objects.filter(client=client, state=Appointment.State.MET).exists()
    known = {"held-meeting": met, "kept-line": KEPT_LINE in answered}
    return {name for name, holds in known.items() if holds}


def theme_of(slug: str) -> str:
    prompt = library.load().prompts.get(slug)
    return prompt.theme if prompt else ""
