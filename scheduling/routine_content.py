"""Routines to start from (clinical.md 7.2, 7.6), read from content/routines.toml once a process and checked. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CONTENT = Path(__file__).parent / "content" / "routines.toml"
PARTS = ("", "morning", "evening")


class ContentError(ValueError):
    """The file of routines says something that can't be so; names what."""


@dataclass(frozen=True, slots=True)
class Example:
    """One to start from: "If `cue`, then `action`"."""

    slug: str
    cue: str
    action: str
    part: str = ""

    def __post_init__(self) -> None:
        if not (self.slug and self.cue and self.action) or self.part not in PARTS:
            raise ValueError("it needs a cue, an action and a part of the day")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that happens anyway, and tiny things that go with it."""

    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages say, by how things stand."""

    why: str
    yours: str
    smaller: str
    most: str
    new_week: str
    shape: str
    place: str
    back: str
    fewer: str
    look: str
    word: str
    moment: str


@dataclass(frozen=True, slots=True)
class Content:
    words: Words
    anchors: tuple[Anchor, ...]
    examples: Mapping[str, Example]
    whole: tuple[Example, ...]


@cache
def load() -> Content:
    """As shipped, read once a process. Raises ContentError."""
    return read(CONTENT)


def read(file: Path) -> Content:
    """What a file holds. Raises ContentError naming what is wrong."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        anchors = tuple(map(_anchor, rows["anchor"]))
        whole = tuple(Example(**row) for row in rows["example"])
        return Content(Words(**rows["words"]), anchors, _by_slug([*whole, *(e for a in anchors for e in a.examples)]), whole)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ContentError(f"{file.name}: {wrong}") from wrong


def _anchor(row: Mapping[str, Any]) -> Anchor:
    tiny = enumerate(row["actions"], 1)
    return Anchor(row["title"], tuple(Example(f"{row['slug']}-{at}", row["cue"], f"I {does}", row["part"]) for at, does in tiny))


def _by_slug(examples: list[Example]) -> Mapping[str, Example]:
    known = {one.slug: one for one in examples}
    if len(known) != len(examples):
        raise ValueError("an example is there twice")
    return MappingProxyType(known)
