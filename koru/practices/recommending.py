"""Which practices may fit now, and why in words, by the open rules of clinical.md 6.1. Pure: values in, values out.

Rules order; only people recommend. Nothing is learned across clients and nothing is drawn by lot: the same situation
gives the same answer all day long. Among equals fewer minutes come first; among those the day decides, by a hash of
`seed`, so that the same one doesn't always stand on top; without a seed the slug does, as the reference's examples have it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from .library import Practice
from .states import ANY, WEAVE, Rules, State

Helped = Literal["yes", "a_bit", "not_really", "harder"]
GOOD: frozenset[Helped] = frozenset({"yes", "a_bit"})
DAY_OF, FIRST_DAY = "day-of", "after-0-1d"
DAY_OF_LONGEST = 3
FIRST_DAY_LONGEST = 5
EVENING, NOON = 17, 12
MOMENTS = ("any", "morning", "evening", "before", "after", "between")
AFTER = frozenset({FIRST_DAY, "after-2-7d", "after-2-4wk"})


@dataclass(frozen=True, slots=True)
class Picked:
    """A therapist's pick: their name, their sentence, and the moment they had in mind."""

    by: str
    sentence: str = ""
    moment: str = "any"

    def is_for(self, hour: int, phase: str) -> bool:
        """A morning is before noon, an evening from 17:00 on; the others are phases of the course."""
        at = {
            "any": True,
            "morning": 4 <= hour < NOON,
            "evening": hour >= EVENING or hour < 4,
            "before": phase in ("before", DAY_OF),
            "after": phase in AFTER,
            "between": phase == "between",
        }
        return at[self.moment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the choice looks at. `answers` and `tags` are of the newest check-in of the last 24 hours, if any.

    `hour` is of the client's clock, `minutes` what they have (None: no matter), `ratings` what they said of each practice,
    newest first, `lately` what they did in the last 24 hours, `away` what they set aside, `cautions` what they said that
    leaves some out, `seed` what decides between equals.
    """

    phase: str
    hour: int
    answers: Mapping[str, float] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    minutes: int | None = None
    ratings: Mapping[str, tuple[Helped, ...]] = field(default_factory=dict)
    lately: frozenset[str] = frozenset()
    picks: Mapping[str, Picked] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    cautions: frozenset[str] = frozenset()
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table that counted, with its points."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A practice that may fit. `pick`: its therapist's, when it is one for this moment; only then is it recommended."""

    practice: Practice
    lines: tuple[Line, ...]
    pick: Picked | None = None

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def why(self) -> str:
        """The weightiest reason, in words: the first of equals, in the table's order."""
        return max(self.lines, key=lambda line: line.points).words


def recommend(practices: Iterable[Practice], situation: Situation, rules: Rules, most: int = 2) -> list[Suggestion]:
    """The first few, best first. Empty when nothing fits: then nothing is offered."""
    holding = states_of(situation, rules)
    weighed = (weigh(practice, situation, rules, holding) for practice in practices if may_offer(practice, situation))
    fitting = [one for one in weighed if one.points > 0]
    return sorted(fitting, key=lambda one: _rank(one, situation.seed))[:most]


def states_of(situation: Situation, rules: Rules) -> list[State]:
    """Those that hold, in the table's order."""
    told = (situation.answers, situation.tags, situation.hour, situation.phase)
    return [state for state in rules.states if state.holds(*told)]


def may_offer(practice: Practice, situation: Situation) -> bool:
    """Whether it may be offered at all. No points outweigh this, a therapist's pick neither."""
    if practice.slug in situation.away or not situation.cautions.isdisjoint(practice.not_if):
        return False
    if situation.minutes is not None and practice.minutes > situation.minutes:
        return False
    return fits_day(practice, situation.phase) and not is_over(situation.ratings.get(practice.slug, ()))


def fits_day(practice: Practice, phase: str) -> bool:
    """Short and gentle ones only, on the day of a session and the first day after."""
    if phase == DAY_OF:
        return practice.gentle and practice.minutes <= DAY_OF_LONGEST
    return phase != FIRST_DAY or (practice.gentle and practice.minutes <= FIRST_DAY_LONGEST)


def is_over(ratings: tuple[Helped, ...]) -> bool:
    """Made it harder once, or didn't really help twice in a row."""
    return "harder" in ratings or ratings[:2] == ("not_really", "not_really")


def weigh(practice: Practice, situation: Situation, rules: Rules, holding: Iterable[State]) -> Suggestion:
    """A practice with each line of the table that counts for it."""
    pick = situation.picks.get(practice.slug)
    pick = pick if pick and pick.is_for(situation.hour, situation.phase) else None
    picked = [Line(rules.points["picked"], rules.words["picked"])] if pick else []
    lines = (*picked, *_fitting(practice, situation, rules, holding), *_before(practice, situation, rules))
    return Suggestion(practice, lines, pick)


def _fitting(practice: Practice, situation: Situation, rules: Rules, holding: Iterable[State]) -> Iterable[Line]:
    first = True
    for state in holding:
        if not state.has(practice.slug, situation.hour):
            continue
        if state.name in (WEAVE, ANY):
            yield Line(rules.points[state.name], state.words)
        else:
            yield Line(rules.points["state" if first else "further"], state.words)
            first = False


def _before(practice: Practice, situation: Situation, rules: Rules) -> Iterable[Line]:
    """What was said of it, and when it was done last."""
    ratings = situation.ratings.get(practice.slug, ())
    if ratings and GOOD.issuperset(ratings[:2]):
        yield Line(rules.points["helped"], rules.words["helped"])
    if ratings[:1] == ("not_really",):
        yield Line(rules.points["not_really"], rules.words["not_really"])
    if practice.slug in situation.lately:
        yield Line(rules.points["lately"], rules.words["lately"])


def _rank(one: Suggestion, seed: str) -> tuple[int, int, str]:
    slug = one.practice.slug
    turn = sha256(f"{seed} {slug}".encode()).hexdigest() if seed else slug
    return -one.points, one.practice.minutes, turn
