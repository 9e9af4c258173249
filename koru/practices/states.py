"""What somebody told, as states, and which practices fit each (clinical.md 6.1): read from content/ once a process. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import library
from .library import CONTENT, ContentError

WEAVE, ANY = "weave", "any"
POINTS = frozenset({"picked", "state", "further", "helped", WEAVE, ANY, "not_really", "lately"})
PHASES = ("before", "day-of", "after-0-1d", "after-2-7d", "after-2-4wk", "between")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An answer that lies within bounds, or a tag that was given. A question that was skipped holds nothing."""

    answer: str = ""
    tag: str = ""
    least: float = float("-inf")
    most: float = float("inf")

    def __post_init__(self) -> None:
        if bool(self.answer) == bool(self.tag):
            raise ValueError("a condition asks for an answer or for a tag")

    def holds(self, answers: Mapping[str, float], tags: frozenset[str]) -> bool:
        if self.tag:
            return self.tag in tags
        told = answers.get(self.answer)
        return told is not None and self.least <= told <= self.most


@dataclass(frozen=True, slots=True)
class State:
    """Something that somebody may notice, the practices that fit, and why in words. `until`: of the set before that hour."""

    name: str
    words: str
    practices: frozenset[str]
    when: tuple[tuple[Condition, ...], ...] = ()
    phases: frozenset[str] = frozenset()
    from_hour: int = 0
    until: Mapping[str, int] = field(default_factory=dict)

    def holds(self, answers: Mapping[str, float], tags: frozenset[str], hour: int, phase: str) -> bool:
        """Those that are told of by answers when they are; the others by their phases, and without any always."""
        if hour < self.from_hour:
            return False
        if not self.when:
            return not self.phases or phase in self.phases
        return any(all(one.holds(answers, tags) for one in together) for together in self.when)

    def has(self, slug: str, hour: int) -> bool:
        return slug in self.practices and hour < self.until.get(slug, 24)


@dataclass(frozen=True, slots=True)
class Rules:
    """The table: what counts how much, the words of what counts, and the states in their order."""

    points: Mapping[str, int]
    words: Mapping[str, str]
    states: tuple[State, ...]


@cache
def load() -> Rules:
    """The rules as shipped. Raises ContentError naming the state."""
    return read(CONTENT / "states.toml")


def read(file: Path) -> Rules:
    """The rules kept in a file. Raises ContentError naming what is wrong."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(rows["points"]) != POINTS:
        raise ContentError(f"points: expected {', '.join(sorted(POINTS))}")
    states = tuple(_state(row) for row in rows["state"])
    return Rules(MappingProxyType(rows["points"]), MappingProxyType(rows["words"]), states)


def _state(row: dict[str, Any]) -> State:
    name = row.get("name", "a state without name")
    unknown = set(row["set"]) - set(library.load().practices) or set(row.get("phases", ())) - set(PHASES)
    if unknown:
        raise ContentError(f"{name}: unknown {', '.join(sorted(unknown))}")
    try:
        when = tuple(tuple(Condition(**one) for one in together) for together in row.get("when", ()))
    except (ValueError, TypeError) as wrong:
        raise ContentError(f"{name}: {wrong}") from wrong
    hours = {"from_hour": row.get("from", 0), "until": MappingProxyType(row.get("until", {}))}
    return State(name, row["words"], frozenset(row["set"]), when, frozenset(row.get("phases", ())), **hours)
