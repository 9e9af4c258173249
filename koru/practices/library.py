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
    """A short exercise to read. `care` is shown before the first step; a `gentle` one fits the first day after a session.

    `eyes`: "open" where the steps are done with open eyes anyway, "either" else; `eyes_open` says where to look then.
    `not_if` names cautions at which it isn't offered. `breath`: seconds in and out, where the steps count them.
    """

    slug: str
    title: str
    minutes: int
    gentle: bool
    states: tuple[str, ...]
    times: tuple[str, ...]
    steps: tuple[str, ...]
    care: str = ""
    eyes: str = "either"
    eyes_open: str = ""
    not_if: tuple[str, ...] = ()
    breath: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.steps or not all(step.strip() for step in self.steps):
            raise ValueError("a practice needs a title and steps")
        if not 1 <= self.minutes <= 15:
            raise ValueError("a practice takes one to fifteen minutes")
        if self.gentle and self.minutes > LONGEST_GENTLE:
            raise ValueError(f"a gentle practice takes at most {LONGEST_GENTLE} minutes")
        self._check_how()
        for when in self.times:
            if when not in TIMES:
                raise ValueError(f"unknown time {when!r}")

    def _check_how(self) -> None:
        if self.eyes not in ("open", "either"):
            raise ValueError(f"unknown eyes {self.eyes!r}")
        if self.breath and (len(self.breath) != 2 or min(self.breath) < 1):
            raise ValueError("a breath is counted in and out")

    @property
    def lasts(self) -> str:
        return "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"

    @property
    def breath_name(self) -> str:
        """The pace of its figure, as the style sheet names it."""
        return "-".join(str(count) for count in self.breath)

    @property
    def pace(self) -> int:
        """Seconds from one step to the next when it is paced: its minutes, shared evenly."""
        return round(self.minutes * 60 / len(self.steps))


@dataclass(frozen=True)
class Words:
    """What every practice's page says."""

    way_out: str
    intro: str
    gentle: str
    longer: str
    eyes_open: str


@dataclass(frozen=True)
class Library:
    """All practices by their slugs, and what a client may say that leaves some of them out (`cautions`, in words)."""

    practices: Mapping[str, Practice]
    words: Words
    cautions: Mapping[str, str]

    def __post_init__(self) -> None:
        for practice in self.practices.values():
            for caution in practice.not_if:
                if caution not in self.cautions:
                    raise ContentError(f"{practice.slug}: unknown caution {caution!r}")

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
    cautions = {row["slug"]: row["words"] for row in rows.get("caution", ())}
    return Library(MappingProxyType(kept), Words(**rows["words"]), MappingProxyType(cautions))


def _practice(row: dict[str, Any]) -> Practice:
    try:
        frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        return Practice(**frozen)
    except (ValueError, TypeError) as wrong:
        raise ContentError(f"{row.get('slug', 'a row without slug')}: {wrong}") from wrong
