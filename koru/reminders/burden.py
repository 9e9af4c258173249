"""How much is asked of a client, in minutes, and what isn't asked when a week is full (clinical.md 3.5). Pure.

A plan is measured by its fullest week: whatever the days fall on, seven of them never ask for more than `most` minutes.
What the app itself would offer gives way first; a day that has passed is over, nothing is made up for.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import floor
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "burden.toml"
WEEK = 7


@dataclass(frozen=True, slots=True)
class Table:
    """Minutes by thing, as in the file."""

    most: float
    check_in: float
    further_item: float
    further_items: int
    prompt: float
    prompts: int
    weeks_in_a_month: int
    weeks_between_sessions: int

    def day(self, further: int) -> float:
        """One check-in with so many further questions."""
        return self.check_in + further * self.further_item


@dataclass(frozen=True, slots=True)
class Often:
    """How often a measure is asked: after so many days or months, or so many times around each session; none: once."""

    days: int = 0
    months: int = 0
    around_sessions: int = 0

    @property
    def a_week(self) -> float:
        """On average."""
        table = load()
        months = self.months * table.weeks_in_a_month
        each = (WEEK / self.days if self.days else 0) + (1 / months if months else 0)
        return each + self.around_sessions / table.weeks_between_sessions

    @property
    def at_most(self) -> int:
        """In any seven days, sessions a week apart counted in."""
        return max(1, self.around_sessions, -(-WEEK // self.days) if self.days else 0)


@dataclass(frozen=True, slots=True)
class Filled:
    """A measure with the minutes of one filling-in."""

    minutes: float
    often: Often


@dataclass(frozen=True, slots=True)
class Load:
    """What a plan asks: `further` questions of each check-in, measures, and minutes of what is chosen to be written once."""

    further: int = 0
    measures: tuple[Filled, ...] = ()
    chosen: float = 0

    @property
    def check_ins(self) -> float:
        return WEEK * load().check_in

    @property
    def items(self) -> float:
        return WEEK * load().further_item * self.further

    @property
    def measured(self) -> float:
        """In a usual week."""
        return sum(one.minutes * one.often.a_week for one in self.measures)

    @property
    def asked(self) -> float:
        """In a usual week, without what the app offers by itself."""
        return self.check_ins + self.items + self.measured + self.chosen

    @property
    def fullest(self) -> float:
        """When all of it falls into the same seven days."""
        return self.check_ins + self.items + sum(one.minutes * one.often.at_most for one in self.measures) + self.chosen

    @property
    def fits(self) -> bool:
        return self.fullest <= load().most

    @property
    def prompts(self) -> int:
        """How many prompts of its own the app may offer in a usual week, beside all that."""
        return max(0, min(load().prompts, floor((load().most - self.asked) / load().prompt)))

    @property
    def total(self) -> float:
        return self.asked + self.prompts * load().prompt


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked on one day."""

    day: date
    name: str
    minutes: float


def room_on(day: date, asked: Iterable[Ask]) -> float:
    """How many minutes the fullest seven days around a day still have."""
    others = list(asked)
    firsts = (day - timedelta(days=back) for back in range(WEEK))
    sums = (sum(one.minutes for one in others if first <= one.day < first + timedelta(days=WEEK)) for first in firsts)
    return load().most - max(sums)


def is_full(day: date, asked: Iterable[Ask]) -> bool:
    """Whether some seven days around a day come to more than the most: then nothing further is asked on it.

    Further questions of a check-in fold away, and no note asks for one or for a form. Whatever somebody does of their own
    accord stays open to them.
    """
    return room_on(day, asked) < 0


def daily(today: date, further: int) -> list[Ask]:
    """The check-ins of the days around today."""
    days = (today + timedelta(days=offset) for offset in range(1 - WEEK, WEEK))
    return [Ask(day, "check-in", load().day(further)) for day in days]


@cache
def load() -> Table:
    """The table as shipped, read once a process."""
    return Table(**tomllib.loads(CONTENT.read_text(encoding="utf-8")))
