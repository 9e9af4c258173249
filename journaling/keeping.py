"""Guides that a client has begun, and those they went through, with what they wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from koru.people.models import Person

from . import library
from .catalogue import Guide
from .guided import Walk
from .models import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    """A walk gone through to its end, and the day it was begun on."""

    walk: UUID
    guide: Guide
    day: date


def begun_by(client: Person, now: datetime) -> list[tuple[Guide, Walk]]:
    """Those that wait where they were left, the last touched first."""
    known = library.load().guides
    return [(known[walk.guide], walk) for walk in Walk.objects.of(client).open_at(now) if walk.guide in known]


def steps_of_drafts(client: Person, drafts: Collection[Draft]) -> dict[UUID, str]:
    """Where each draft of a guide's step is gone on with, by its id."""
    guides = dict(Walk.objects.of(client).filter(pk__in=[draft.about for draft in drafts]).values_list("pk", "guide"))
    return {draft.pk: _step_of(draft, guides[draft.about]) for draft in drafts if draft.about in guides}


def _step_of(draft: Draft, guide: str) -> str:
    steps = library.load().guides[guide].steps
    number = next((number for number, step in enumerate(steps, 1) if draft.prompt in step.prompts), 1)
    return reverse("journaling:walk_step", args=[draft.about, number])


def kept_by(client: Person) -> list[Kept]:
    """Those that can be read again, the newest first."""
    known = library.load().guides
    rows = Walk.objects.of(client).kept()
    return [Kept(walk.pk, known[walk.guide], walk.entry.local_date) for walk in rows if walk.guide in known]
