"""Choosing a practice beside counting the sets it is of: what the rules cost."""

from datetime import UTC, datetime
from random import Random

from koru.practices import library, states
from koru.practices.recommending import Helped, Situation, recommend
from koru.practices.simulating import day_of

from .measuring import Result, at_least, in_turns

SITUATIONS, ROUNDS = 200, 20


def situations() -> list[Situation]:
    """Days of made-up clients, with what was said of a few practices."""
    chance, slugs = Random(1), sorted(library.load().practices)
    days = [day_of(chance) for _ in range(SITUATIONS)]
    helped: tuple[Helped, ...] = ("yes", "a_bit")
    said = [dict.fromkeys(chance.sample(slugs, 5), helped) for _ in days]
    seed = str(datetime.now(UTC).date())
    return [
        Situation(phase=day.phase, hour=day.hour, answers=day.answers, ratings=ratings, seed=seed)
        for day, ratings in zip(days, said, strict=True)
    ]


def choosing() -> Result:
    """Choices a second, beside the bare count: each practice against each set, and the shelf sorted by it."""
    shelf, rules, asked = list(library.load().practices.values()), states.load(), situations()
    sets = [state.practices for state in rules.states]

    def chosen() -> None:
        for one in asked:
            recommend(shelf, one, rules)

    def counted() -> None:
        for _ in asked:
            sorted(shelf, key=lambda one: (-sum(one.slug in fits for fits in sets), one.minutes, one.slug))[:2]

    took, bare = in_turns(chosen, counted, ROUNDS)
    return at_least("recommend", "per second", SITUATIONS / took, SITUATIONS / bare, 0.1)
