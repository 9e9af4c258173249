"""The lines of a safety plan: its seven sections, and what a list of lines can have done to it. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CONTENT = Path(__file__).parent / "content" / "safety_plan.toml"
MATTERS = "matters"
MOST_LINES = 12
ROOM = 30  # rows that a form is read for: more than it can be kept with, so that nothing typed is dropped unsaid


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One short line. Of people: a name, a number, and what to say to them."""

    words: str = ""
    phone: str = ""
    say: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.words.strip() or self.phone.strip() or self.say.strip())

    @property
    def href(self) -> str:
        """For tapping to call; nothing when there is no number."""
        digits = "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")
        return f"tel:{digits}" if digits else ""

    @property
    def verb(self) -> str:
        return "Call"

    @property
    def name(self) -> str:
        return self.words or self.phone


Words = Mapping[str, tuple[PlanLine, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the plan. `numbered`: its lines have a telephone number and words to say."""

    slug: str
    title: str
    hint: str
    numbered: bool = False


@cache
def content() -> Mapping[str, Any]:
    """The file of the plan's words, read once a process."""
    return MappingProxyType(tomllib.loads(CONTENT.read_text(encoding="utf-8")))


@cache
def sections() -> tuple[Section, ...]:
    """The seven, in their order."""
    return tuple(Section(**row) for row in content()["section"])


def tidy(words: Words) -> Words:
    """Every section, without blank lines."""
    return {one.slug: tuple(line for line in words.get(one.slug, ()) if not line.is_blank) for one in sections()}


def is_empty(words: Words) -> bool:
    return not any(tidy(words).values())


def without(words: Words, slug: str) -> Words:
    """The same words with one section left out."""
    return {name: lines for name, lines in words.items() if name != slug}


def to_rows(words: Words) -> dict[str, list[dict[str, str]]]:
    """As JSON keeps it."""
    return {slug: [asdict(line) for line in lines] for slug, lines in words.items()}


def from_rows(rows: Mapping[str, list[dict[str, str]]] | None) -> Words:
    return {slug: tuple(PlanLine(**line) for line in lines) for slug, lines in (rows or {}).items()}


@dataclass(frozen=True, slots=True)
class Change:
    """What a button does to one section: "add", or "up", "down" and "remove" with the place of a line."""

    what: str
    slug: str
    place: int = 0

    @classmethod
    def named(cls, value: str) -> "Change | None":
        """Of a button's value such as "up:people:2"; None for anything else."""
        what, _, rest = value.partition(":")
        slug, _, place = rest.partition(":")
        known = what in ("add", "up", "down", "remove") and slug in {one.slug for one in sections()}
        digits = place if place.isascii() and place.isdigit() and len(place) < 4 else "0"
        return cls(what, slug, int(digits)) if known else None


def changed(words: Words, change: Change) -> Words:
    """The words after a button was pressed. A line that isn't there stays not there; none is lost but a removed one."""
    lines, place = list(words.get(change.slug, ())), change.place
    there = place < len(lines)
    if change.what == "add":
        lines.append(PlanLine())
    elif change.what == "remove" and there:
        del lines[place]
    elif change.what == "up" and there and place > 0:
        lines[place - 1], lines[place] = lines[place], lines[place - 1]
    elif change.what == "down" and place + 1 < len(lines):
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    return {**words, change.slug: tuple(lines)}
