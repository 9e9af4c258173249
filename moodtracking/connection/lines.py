"""The four lines of a connection check-in and the words around them, read from content/ once a process. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.core.checks import CheckMessage, Error

CONTENT = Path(__file__).parent / "content" / "lines.toml"
LOWEST, HIGHEST, STEP = 0, 100, 10
STOPS = tuple(range(LOWEST, HIGHEST + STEP, STEP))
Answers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as somebody is asked it, with the words at both ends."""

    key: str
    ask: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Line:
    """`name` as a sentence names it."""

    key: str
    name: str
    ask: str
    low: str
    high: str
    guess: str
    guess_low: str
    guess_high: str

    @property
    def asked(self) -> Asked:
        return Asked(self.key, self.ask, self.low, self.high)

    @property
    def guessed(self) -> Asked:
        return Asked(self.key, self.guess, self.guess_low, self.guess_high)


@dataclass(frozen=True, slots=True)
class Words:
    first: str
    lead: str
    apart: str
    box: str
    beside: str


@dataclass(frozen=True, slots=True)
class Lines:
    """All of it, by key in the order of asking."""

    lines: Mapping[str, Line]
    words: Words


@cache
def load() -> Lines:
    """Raises TypeError or KeyError for what can't be."""
    rows = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    lines = {row["key"]: Line(**row) for row in rows["line"]}
    return Lines(MappingProxyType(lines), Words(**rows["words"]))


def kept(given: Mapping[str, int | None]) -> dict[str, int]:
    """Answers to known lines, on their scale of 0 to 100; a skipped line has no key. Raises ValueError for others."""
    wrong = [key for key, value in given.items() if key not in load().lines or not _is_on_the_scale(value)]
    if wrong:
        raise ValueError(f"no answer to a line: {', '.join(sorted(wrong))}")
    return {key: value for key, value in given.items() if value is not None}


def _is_on_the_scale(value: int | None) -> bool:
    return value is None or LOWEST <= value <= HIGHEST


def lines_are_sound(app_configs: Any, **how: Any) -> list[CheckMessage]:
    """At the start: whether the file can be one."""
    try:
        load()
    except (KeyError, TypeError, OSError) as wrong:
        return [Error(f"{CONTENT.name}: {wrong}", id="connection.E001")]
    return []
