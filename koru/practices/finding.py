"""The library as one looks for something in it: by the minutes one has, and by the moment. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .library import Practice

MINUTES = {"": "Any length", "2": "2 minutes", "5": "5 minutes", "10": "10 minutes"}
MOMENTS = {
    "": "Any time",
    "morning": "Morning",
    "evening": "Evening",
    "before": "Before a session",
    "day-of": "Day of a session",
    "after": "After a session",
    "between": "In between",
}
TIMES: Mapping[str, frozenset[str]] = {
    **{name: frozenset({name}) for name in MOMENTS if name},
    "after": frozenset({"after", "after-0-1d", "after-2-7d", "after-2-4wk"}),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """How many minutes at most, and which moment; "" for no matter. What isn't offered as a choice is no matter either."""

    minutes: str = ""
    moment: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Sought":
        minutes, moment = asked.get("minutes", ""), asked.get("moment", "")
        return cls(minutes if minutes in MINUTES else "", moment if moment in MOMENTS else "")

    @property
    def most(self) -> int | None:
        return int(self.minutes) if self.minutes else None

    def fits(self, practice: Practice) -> bool:
        """A practice that names no time, or any, fits each moment."""
        if self.most is not None and practice.minutes > self.most:
            return False
        return (
            not self.moment or not practice.times or not TIMES[self.moment].isdisjoint(practice.times) or "any" in practice.times
        )

    def among(self, practices: Iterable[Practice]) -> list[Practice]:
        """Those that fit; those that name the moment first, else in the order of the shelf."""
        found = [practice for practice in practices if self.fits(practice)]
        return sorted(found, key=lambda one: not self.moment or TIMES[self.moment].isdisjoint(one.times))
