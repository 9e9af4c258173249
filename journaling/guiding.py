"""Which guides fit now, and which of their steps there is a page for (clinical.md 2.1). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduling.phases import Reading

from .catalogue import Guide, Prompt, Step, When

PREPARATION = "preparation"
SHOWN = ("text", "prompt", "choice", "check_in")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client is on the way. `facts` are those that a guide may need, `hour` is of their own clock."""

    reading: Reading
    stage: str = ""
    hour: int = 12
    facts: frozenset[str] = field(default_factory=frozenset)


def offered(guides: Iterable[Guide], place: Place) -> list[Guide]:
    """The guides that fit now, in the order of the library."""
    return [guide for guide in guides if any(holds(when, place) for when in guide.when)]


def to_pick(guides: Iterable[Guide], place: Place) -> list[tuple[str, Guide]]:
    """Guides that are there whenever somebody says so, with the words they say; about a session only after one."""
    after = place.reading.days_since is not None
    possible = [guide for guide in guides if after or not any(when.days_after for when in guide.when)]
    return [(when.picked, guide) for guide in possible for when in guide.when if when.picked]


def holds(when: When, place: Place) -> bool:
    """Whether every condition is so. What only the client can tell, or a mood that isn't asked for here, is not."""
    if when.picked or when.mood_at_most is not None:
        return False
    return (
        when.stage in ("", place.stage)
        and (not when.phases or place.reading.phase in when.phases)
        and _within(place.reading.days_until, when.days_before)
        and _within(place.reading.days_since, when.days_after)
        and place.hour >= when.from_hour
        and place.facts >= set(when.needs)
    )


def steps_of(guide: Guide, prompts: Mapping[str, Prompt], ceiling: int) -> list[tuple[Step, list[Prompt]]]:
    """The steps that have a page, each with the prompts it offers; a tender one gives way to the one beside it."""
    shown = [step for step in guide.steps if step.kind in SHOWN]
    steps = [(step, _prompts(step, prompts, ceiling)) for step in shown]
    return [(step, asked) for step, asked in steps if asked or not step.prompts]


def _prompts(step: Step, prompts: Mapping[str, Prompt], ceiling: int) -> list[Prompt]:
    if step.of:
        return [prompts[slug] for slug in step.of]
    fitting = [prompts[slug] for slug in step.prompts if prompts[slug].depth <= ceiling]
    return fitting[:1]


def _within(days: int | None, span: tuple[int, ...]) -> bool:
    return not span or (days is not None and span[0] <= days <= span[1])
