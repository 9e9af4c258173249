"""One step of a walk as its page shows it: which it is, what it asks, and what was written there before."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from koru.people.models import Person
from koru.practices import library as practices
from scheduling.phases import Phase

from . import drafts, intentions, library, suggesting
from .attachments.reading import of_part
from .catalogue import Guide, Prompt
from .chips import Shelf, Taps, taken_apart
from .guided import EntryPart, Intention, Walk
from .guiding import Stop, before_step, from_step, stops_of
from .models import Draft
from .offering import Situation, standing_of
from .walking import part_of

AFTER = (Phase.FIRST_DAY, Phase.DAYS_2_7, Phase.WEEKS_2_4)
EVENING, MORNING = 17, 8


@dataclass(frozen=True, slots=True)
class Version:
    """Other words for the same step, from another page or device."""

    text: str
    at: datetime
    kept: bool
    link: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """Where a client stands in a guide. `number` of `count` is as they see it; `prompts` are those that can be picked."""

    walk: Walk
    guide: Guide
    stop: Stop
    stops: list[Stop]
    situation: Situation
    prompt: Prompt | None = None
    part: EntryPart | None = None
    drafts: list[Draft] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.stops.index(self.stop) + 1

    @property
    def before(self) -> Stop | None:
        return before_step(self.stops, self.stop.number)

    @property
    def after(self) -> Stop | None:
        return from_step(self.stops, self.stop.number + 1)

    @property
    def others(self) -> list[Prompt]:
        return [prompt for prompt in self.stop.prompts if prompt != self.prompt]

    @property
    def shelf(self) -> Shelf:
        return shelf_of(self.stop)

    def url(self, does: str = "step") -> str:
        return reverse(f"journaling:walk_{does}", args=[self.walk.pk, self.stop.number])


def here(client: Person, walk: Walk, number: int, asked: str, now: datetime) -> Here | None:
    """The step of that number, else the next one there is for this client, else the last. None beyond the guide's end."""
    guide, situation = library.load().guides[walk.guide], standing_of(client, now)
    stops = stops_for(walk, guide, situation, asked)
    stop = from_step(stops, number) or next(reversed(stops), None)
    if stop is None or number > len(guide.steps):
        return None
    prompt = _picked(walk, stop, asked)
    found = Here(walk, guide, stop, stops, situation, prompt)
    if prompt is None:
        return found
    part, unfinished = part_of(walk, prompt.slug), drafts.versions(client, walk.pk, prompt.slug)
    return Here(walk, guide, stop, stops, situation, prompt, part, unfinished)


def stops_for(walk: Walk, guide: Guide, situation: Situation, asked: str = "") -> list[Stop]:
    """The stops of a walk for this client, now. What was answered on it, and what a page asked, stays whatever came since."""
    answered = set(walk.entry.parts.values_list("prompt", flat=True)) if walk.entry else set()
    given_way = {slug for step in guide.steps if asked in step.prompts and not step.of for slug in step.prompts} - {asked}

    def fits(prompt: Prompt) -> bool:
        stays = prompt.slug in answered or prompt.slug == asked
        return prompt.slug not in given_way and (stays or suggesting.may_ask(prompt, situation.standing))

    return stops_of(guide, library.load().prompts, fits)


def shelf_of(stop: Stop) -> Shelf:
    """What can be tapped at a stop."""
    words, taps = library.load().words, stop.step.taps
    places = words.places if "places" in taps else ()
    return Shelf(words.chips if "words" in taps else (), places, words.place_feelings if places else ())


def begun(here: Here, draft: Draft | None, client: Person, now: datetime) -> dict[str, object]:
    """What the page's form starts with: words not kept yet, else those kept, else an intention that is still open."""
    text = draft.text if draft else here.part.text if here.part else open_intention(here, client, now)
    taps, rest = taken_apart(text, here.shelf)
    known: dict[str, object] = {"key": draft.key, "revision": draft.revision} if draft else {}
    seen = here.part.revision if here.part else 0
    prompt = here.prompt.slug if here.prompt else ""
    return {**known, **of_taps(taps), "text": rest, "prompt": prompt, "about": here.walk.pk, "seen": seen}


def of_taps(taps: Taps) -> dict[str, object]:
    feels = [f"{place}:{feel}" for place, how in taps.places.items() for feel in how]
    return {"words": list(taps.words), "places": list(taps.places), "feels": feels}


def versions(here: Here, shown: Draft | None) -> list[Version]:
    """Words for this step that the page doesn't start with: of other pages and devices, and what was kept."""
    found = [Version(one.text, one.saved_at, False, f"{here.url()}?draft={one.pk}") for one in here.drafts if one != shown]
    if here.part and shown and here.part.text != shown.text:
        found.append(Version(here.part.text, here.part.kept_at, True))
    return found


def around(here: Here, client: Person, now: datetime) -> dict[str, object]:
    """What stands on a step's page beside its form."""
    step, shelf = here.stop.step, library.load()
    return {
        "here": here,
        "things": of_part(here.part) if here.part else (),
        "words": shelf.words.page,
        "opt_outs": shelf.words.opt_outs,
        "practice": practices.load().practices.get(step.practice),
        "way_out": practices.load().words.way_out,
        "intention": own_intention(here, client, now) if step.kind == "intention" else None,
        "checklist": shelf.words.checklist["week_before"] if step.kind == "checklist" else (),
        "dim": here.guide.dim and is_dark(now, client),
    }


def own_intention(here: Here, client: Person, now: datetime) -> Intention | None:
    """The thread that comes back at this point: after a session that session's own."""
    return intentions.intention_of(client, now, after=here.situation.standing.reading.phase in AFTER)


def is_dark(now: datetime, client: Person) -> bool:
    """From the evening to the morning, by the client's clock."""
    return not MORNING <= now.astimezone(ZoneInfo(client.zone)).hour < EVENING


def step_link(walk: UUID, step: int) -> str:
    return reverse("journaling:walk_step", args=[walk, step])


def _picked(walk: Walk, stop: Stop, asked: str) -> Prompt | None:
    """The prompt that was asked for, else the one answered before, else the first."""
    named = next((prompt for prompt in stop.prompts if prompt.slug == asked), None)
    if named or len(stop.prompts) < 2:
        return named or next(iter(stop.prompts), None)
    return next((prompt for prompt in stop.prompts if part_of(walk, prompt.slug)), stop.prompts[0])


def open_intention(here: Here, client: Person, now: datetime) -> str:
    """The sentence said before, while it may still be changed."""
    if here.stop.step.keeps != "intention":
        return ""
    said = intentions.intention_of(client, now)
    return said.text if said and intentions.is_open(said, now) else ""
