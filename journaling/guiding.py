"""Which guides fit now, and which of their steps there is a page for (clinical.md 2.1). Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from scheduling.phases import Reading

from .catalogue import Guide, Prompt, Step, When

PREPARATION = "preparation"
MOOD_DAYS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client is on the way. `facts` are those that a guide may need, `hour` is of their own clock.

    `moods` are those of the last `MOOD_DAYS` days, where one was told.
    """

    reading: Reading
    stage: str = ""
    hour: int = 12
    facts: frozenset[str] = field(default_factory=frozenset)
    moods: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A step with its place in the guide, counted from 1, and the prompts it has for this client."""

    number: int
    step: Step
    prompts: tuple[Prompt, ...] = ()


def offered(guides: Iterable[Guide], place: Place) -> list[Guide]:
    """The guides that fit now, in the order of the library."""
    return [guide for guide in guides if any(holds(when, place) for when in guide.when)]


def to_pick(guides: Iterable[Guide], place: Place) -> list[tuple[str, Guide]]:
    """Guides that are there whenever somebody says so, with the words they say; about a session only after one."""
    after = place.reading.days_since is not None
    possible = [guide for guide in guides if after or not any(when.days_after for when in guide.when)]
    return [(when.picked, guide) for guide in possible for when in guide.when if when.picked]


def holds(when: When, place: Place) -> bool:
    """Whether every condition is so. What only the client can say, is not."""
    if when.picked or not _is_low_enough(when, place):
        return False
    return (
        when.stage in ("", place.stage)
        and (not when.phases or place.reading.phase in when.phases)
        and _within(place.reading.days_until, when.days_before)
        and _within(place.reading.days_since, when.days_after)
        and place.hour >= when.from_hour
        and place.facts >= set(when.needs)
    )


def stops_of(guide: Guide, prompts: Mapping[str, Prompt], fits: Callable[[Prompt], bool]) -> list[Stop]:
    """The steps to stop at. Of a tender prompt and the one beside it the first that fits; a step with none is left out."""
    stops = (Stop(number, step, _prompts(step, prompts, fits)) for number, step in enumerate(guide.steps, 1))
    return [stop for stop in stops if stop.prompts or not stop.step.prompts]


def from_step(stops: Iterable[Stop], number: int) -> Stop | None:
    """The stop of that number, or the next there is."""
    return next((stop for stop in stops if stop.number >= number), None)


def before_step(stops: Iterable[Stop], number: int) -> Stop | None:
    return max((stop for stop in stops if stop.number < number), key=lambda stop: stop.number, default=None)


def _prompts(step: Step, prompts: Mapping[str, Prompt], fits: Callable[[Prompt], bool]) -> tuple[Prompt, ...]:
    fitting = tuple(prompts[slug] for slug in step.prompts if fits(prompts[slug]))
    return fitting if step.of else fitting[:1]


def _is_low_enough(when: When, place: Place) -> bool:
    """On so many of the last days; a day on which nothing was told says nothing."""
    at_most = when.mood_at_most
    return at_most is None or sum(mood <= at_most for mood in place.moods) >= when.on_days


def _within(days: int | None, span: tuple[int, ...]) -> bool:
    return not span or (days is not None and span[0] <= days <= span[1])
