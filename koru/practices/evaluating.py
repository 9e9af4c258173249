"""How often the best-fitting practice is among the first three: by the rules, by what is most popular, and by chance.

All three choose on the same made-up days, among the same practices that may be offered then. Each client does the first
of what the rules show and says whether it helped; only their own answers come back to them. Pure; the same seed gives
the same numbers.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from .library import Practice
from .recommending import GOOD, Helped, Situation, fits_day, recommend
from .simulating import Day, Made, day_of, made
from .states import Rules

SHOWN = 3


@dataclass(slots=True)
class Counts:
    """Days, and on how many of them each had the best-fitting one among its three."""

    days: int = 0
    rules: int = 0
    popular: int = 0
    chance: int = 0

    def share(self, name: str) -> float:
        return int(getattr(self, name)) / self.days if self.days else 0.0


@dataclass(slots=True)
class Life:
    """One client's course as the rules know it: what was said of each, newest first, and what was done yesterday."""

    client: Made
    ratings: dict[str, tuple[Helped, ...]] = field(default_factory=dict)
    yesterday: str = ""

    def situation(self, day: Day, seed: str) -> Situation:
        lately = frozenset(filter(None, {self.yesterday}))
        ratings, answers = dict(self.ratings), dict(day.answers)
        return Situation(phase=day.phase, hour=day.hour, answers=answers, ratings=ratings, lately=lately, seed=seed)


def evaluate(practices: Sequence[Practice], rules: Rules, *, clients: int, days: int, seed: int) -> list[Counts]:
    """The counts of each day of a client's course, over all clients."""
    crowd = Crowd(practices, rules, Random(seed))
    lives = [Life(made(practices, crowd.chance)) for _ in range(clients)]
    return [_one_day(lives, crowd, f"{seed} {number}") for number in range(days)]


@dataclass(slots=True)
class Crowd:
    """What all of them share: the shelf, the rules, chance, and how often each practice was liked by anybody."""

    practices: Sequence[Practice]
    rules: Rules
    chance: Random
    liked: Counter[str] = field(default_factory=Counter)


def _one_day(lives: Sequence[Life], crowd: Crowd, seed: str) -> Counts:
    counts, liked = Counts(), crowd.liked
    for life in lives:
        day = day_of(crowd.chance)
        may = [one for one in crowd.practices if fits_day(one, day.phase)]
        best = max(may, key=lambda one: life.client.fit(one, day)).slug
        shown = [one.practice for one in recommend(crowd.practices, life.situation(day, seed), crowd.rules, SHOWN)]
        popular = sorted(may, key=lambda one: (-liked[one.slug], one.slug))[:SHOWN]
        counts.days += 1
        counts.rules += best in {one.slug for one in shown}
        counts.popular += best in {one.slug for one in popular}
        counts.chance += best in {one.slug for one in crowd.chance.sample(may, min(SHOWN, len(may)))}
        _do(life, shown, day, crowd)
    return counts


def _do(life: Life, shown: Sequence[Practice], day: Day, crowd: Crowd) -> None:
    """The first that is shown is done, and something is said of it."""
    life.yesterday = shown[0].slug if shown else ""
    if not shown:
        return
    said = life.client.say(shown[0], day, crowd.chance)
    life.ratings[shown[0].slug] = (said, *life.ratings.get(shown[0].slug, ()))
    crowd.liked[shown[0].slug] += said in GOOD


def by_weeks(counts: Sequence[Counts]) -> Iterator[tuple[int, Counts]]:
    """Seven days at a time, each week with its number."""
    for first in range(0, len(counts), 7):
        week = counts[first : first + 7]
        names = ("days", "rules", "popular", "chance")
        yield first // 7 + 1, Counts(**{name: sum(int(getattr(one, name)) for one in week) for name in names})
