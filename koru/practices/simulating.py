"""Clients made up to measure the choosing by: what each needs on a day, what they tell, and how well each practice would fit.

How well a practice fits is hidden from the rules: it comes from what the reference says a practice is for (its states and
times, another table than that of the points), from a taste of each client's own, and from chance. No effect is claimed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from .library import Practice
from .recommending import Helped

NEED_FITS, TIME_FITS, TASTE, CHANCE = 1.5, 0.5, 1.0, 0.7
SILENT = 0.25  # of days without a check-in
SAID: tuple[tuple[float, Helped], ...] = ((1.8, "yes"), (0.8, "a_bit"), (-0.8, "not_really"))
PHASES = ("between",) * 5 + ("after-2-7d",) * 3 + ("after-2-4wk",) * 3 + ("before", "after-0-1d", "day-of")
NEEDS: Mapping[str, Mapping[str, Any]] = {
    "tense": {"tension": 3},
    "anxious": {"tension": 4},
    "panic": {"tension": 4},
    "unreal": {"side_effect:unreal": 1},
    "flashback feelings": {"symptom:flashback-feelings": 2},
    "sad": {"mood": -2},
    "low": {"mood": -2},
    "hopeless": {"mood": -3},
    "low energy": {"energy": 1},
    "tired": {"energy": 1},
    "sleep off": {"sleep_quality": 1},
    "restless sleep": {"sleep_quality": 0},
    "restless": {"energy": 3, "tension": 3},
    "wired": {"energy": 4, "tension": 3},
    "on guard": {"symptom:on-guard": 2},
    "thoughts going round": {"symptom:rumination": 3},
    "worry": {"symptom:rumination": 2, "tension": 2},
    "lonely": {"connectedness": 1},
    "alone": {"connectedness": 0},
}


@dataclass(frozen=True, slots=True)
class Day:
    """What a client needs, and what of it a page could know."""

    need: str
    phase: str
    hour: int
    answers: Mapping[str, float]

    @property
    def times(self) -> frozenset[str]:
        part = "morning" if self.hour < 12 else "evening" if self.hour >= 17 else ""
        return frozenset({"any", self.phase, part, "after" if self.phase.startswith("after") else ""})


@dataclass(frozen=True, slots=True)
class Made:
    """A client with a taste: how much each practice suits them, whatever the day."""

    taste: Mapping[str, float]

    def fit(self, practice: Practice, day: Day) -> float:
        """How well it would fit. Hidden from what chooses."""
        need = NEED_FITS if day.need in practice.states else 0.0
        return need + (TIME_FITS if day.times & set(practice.times) else 0.0) + self.taste[practice.slug]

    def say(self, practice: Practice, day: Day, chance: Random) -> Helped:
        felt = self.fit(practice, day) + chance.gauss(0, CHANCE)
        return next((said for least, said in SAID if felt >= least), "harder")


def made(practices: Sequence[Practice], chance: Random) -> Made:
    return Made({practice.slug: chance.gauss(0, TASTE) for practice in practices})


def day_of(chance: Random) -> Day:
    need = chance.choice(sorted(NEEDS))
    answers = {} if chance.random() < SILENT else NEEDS[need]
    return Day(need, chance.choice(PHASES), chance.randrange(7, 23), answers)
