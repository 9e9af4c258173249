"""What makes somebody look, read from content/flags.toml once a process. Pure."""

import operator
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .levels import Level
from .lines import CONTENT, ContentError

CONDITION = re.compile(r"(?P<fact>\S+) (?P<sign>>=|<=|>|<) (?P<number>-?\d+(\.\d+)?)")
ABSENT = re.compile(r"no (?P<fact>\S+)")
SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
Facts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact on one side of a number; without a sign, that it isn't known."""

    fact: str
    sign: str = ""
    number: float = 0

    def holds(self, facts: Facts) -> bool:
        """A fact that isn't known is on no side of anything."""
        if not self.sign:
            return self.fact not in facts
        return self.fact in facts and SIGNS[self.sign](facts[self.fact], self.number)


@dataclass(frozen=True, slots=True)
class When:
    level: Level
    all: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One cause. `title` is the clinic's word for it, `own` the client's."""

    key: str
    title: str
    own: str
    when: tuple[When, ...]
    opens_help: bool = False
    rests_days: int = 0

    @property
    def facts(self) -> frozenset[str]:
        """Whatever it looks at."""
        return frozenset(condition.fact for one in self.when for condition in one.all)

    def level(self, facts: Facts) -> Level | None:
        """The highest that these facts make it; None when they don't raise it."""
        return max((one.level for one in self.when if all(each.holds(facts) for each in one.all)), default=None)


def raised_by(rules: Iterable[Rule], facts: Facts) -> Mapping[str, Level]:
    """Which causes these facts raise, and how pressing each is."""
    levels = {rule.key: rule.level(facts) for rule in rules}
    return {key: level for key, level in levels.items() if level is not None}


def rule(key: str) -> Rule:
    """The rule of a cause. Raises KeyError for an unknown one."""
    return load()[key]


@cache
def load() -> Mapping[str, Rule]:
    """All rules by key, in the order of the file. Raises ContentError naming the flag."""
    return read(CONTENT / "flags.toml")


def read(file: Path) -> Mapping[str, Rule]:
    """All rules of a file. Raises ContentError naming the flag."""
    rules: dict[str, Rule] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["flag"]:
        try:
            made = _made(row)
            if made.key in rules:
                raise ValueError("is there twice")
        except (KeyError, TypeError, ValueError) as wrong:
            raise ContentError(f"{file.name}: {row.get('key', 'a flag without key')}: {wrong}") from wrong
        rules[made.key] = made
    return MappingProxyType(rules)


def _made(row: dict[str, Any]) -> Rule:
    when = tuple(When(Level[one["level"].upper()], tuple(map(condition, one["all"]))) for one in row["when"])
    if not when or not all(one.all for one in when):
        raise ValueError("says nothing about when")
    return Rule(**{**row, "when": when})


def condition(words: str) -> Condition:
    """A condition as it is written. Raises ValueError for one that can't be read."""
    if absent := ABSENT.fullmatch(words):
        return Condition(absent["fact"])
    read = CONDITION.fullmatch(words)
    if read is None:
        raise ValueError(f"can't be read: {words!r}")
    return Condition(read["fact"], read["sign"], float(read["number"]))
