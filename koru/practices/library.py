"""The practices as shipped (clinical.md 6), read from content/ once a process and checked while read. Pure: no database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CONTENT = Path(__file__).parent / "content"
LONGEST_GENTLE = 5
TIMES = ("any", "before", "day-of", "after", "after-0-1d", "after-2-7d", "after-2-4wk", "between", "morning", "evening")


class ContentError(ValueError):
    """The file of practices says something that can't be so; names the practice."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A short exercise to read. `care` is shown before the first step; a `gentle` one fits the first day after a session."""

    slug: str
    title: str
    minutes: int
    gentle: bool
    states: tuple[str, ...]
    times: tuple[str, ...]
    steps: tuple[str, ...]
    care: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.steps or not all(step.strip() for step in self.steps):
            raise ValueError("a practice needs a title and steps")
        if not 1 <= self.minutes <= 15:
            raise ValueError("a practice takes one to fifteen minutes")
        if self.gentle and self.minutes > LONGEST_GENTLE:
            raise ValueError(f"a gentle practice takes at most {LONGEST_GENTLE} minutes")
        for when in self.times:
            if when not in TIMES:
                raise ValueError(f"unknown time {when!r}")

    @property
    def lasts(self) -> str:
        return "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"


@dataclass(frozen=True)
class Words:
    """What every practice's page says."""

    way_out: str
    intro: str
    gentle: str
    longer: str


@dataclass(frozen=True)
class Library:
    practices: Mapping[str, Practice]
    words: Words

    @property
    def gentle(self) -> list[Practice]:
        return [practice for practice in self.practices.values() if practice.gentle]

    @property
    def longer(self) -> list[Practice]:
        return [practice for practice in self.practices.values() if not practice.gentle]


@cache
def load() -> Library:
    """The library as shipped, read once a process. Raises ContentError naming the practice."""
    return read(CONTENT / "practices.toml")


def read(file: Path) -> Library:
    """The library kept in a file. Raises ContentError naming the practice."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    kept: dict[str, Practice] = {}
    for row in rows["practice"]:
        practice = _practice(row)
        if practice.slug in kept:
            raise ContentError(f"{practice.slug}: is there twice")
        kept[practice.slug] = practice
    return Library(MappingProxyType(kept), Words(**rows["words"]))


def _practice(row: dict[str, Any]) -> Practice:
    try:
        frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        return Practice(**frozen)
    except (ValueError, TypeError) as wrong:
        raise ContentError(f"{row.get('slug', 'a row without slug')}: {wrong}") from wrong
