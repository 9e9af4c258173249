"""The journal's library, read from content/ once a process and checked while read. Pure: no database."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from koru.practices import library as practices

from .catalogue import Guide, Prompt, Sharing, Step, When, Words

__all__ = [
    "ContentError",
    "Guide",
    "Library",
    "Prompt",
    "Sharing",
    "Step",
    "When",
    "Words",
    "load",
    "read",
]

CONTENT = Path(__file__).parent / "content"
Row = dict[str, Any]
Kept = TypeVar("Kept", Prompt, Guide)


class ContentError(ValueError):
    """A content file says something that can't be so; names the file and the slug."""


@dataclass(frozen=True)
class Library:
    """All that can be offered, by slug, in the order of the files."""

    prompts: Mapping[str, Prompt]
    guides: Mapping[str, Guide]
    words: Words

    def in_phase(self, phase: str) -> tuple[Prompt, ...]:
        return tuple(prompt for prompt in self.prompts.values() if prompt.phase == phase)


@cache
def load() -> Library:
    """The library as shipped, read once a process. Raises ContentError naming file and slug."""
    return read(CONTENT)


def read(folder: Path) -> Library:
    """The library kept in a folder. Raises ContentError naming file and slug."""
    prompts = _by_slug(folder / "prompts.toml", "prompt", lambda row: Prompt(**row))
    guides = _by_slug(folder / "guides.toml", "guide", lambda row: _guide(row, prompts))
    with _named("words.toml", "words"):
        words = _words(_parsed(folder / "words.toml"))
    return Library(prompts, guides, words)


def _by_slug(file: Path, table: str, make: Callable[[Row], Kept]) -> Mapping[str, Kept]:
    kept: dict[str, Kept] = {}
    for row in _parsed(file).get(table, []):
        with _named(file.name, str(row.get("slug", "a row without slug"))):
            made = make(row)
            if made.slug in kept:
                raise ValueError("is there twice")
            kept[made.slug] = made
    return MappingProxyType(kept)


@contextmanager
def _named(file: str, slug: str) -> Iterator[None]:
    """Let what is wrong inside say where it is."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as wrong:
        raise ContentError(f"{file}: {slug}: {wrong}") from wrong


def _parsed(file: Path) -> Row:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _frozen(row: Row) -> Row:
    """The row with lists as tuples, so that what is made of it can't change."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _guide(row: Row, prompts: Mapping[str, Prompt]) -> Guide:
    when = tuple(When(**_frozen(one)) for one in row["when"])
    steps = tuple(Step(**_frozen(one)) for one in row["steps"])
    guide = Guide(**{**row, "when": when, "steps": steps})
    _leads_somewhere(guide)
    asked = [slug for step in steps for slug in step.prompts]
    for slug in asked:
        if slug not in prompts:
            raise ValueError(f"a step names the unknown prompt {slug!r}")
    if asked and prompts[asked[0]].tender:
        raise ValueError(f"its first prompt {asked[0]!r} is tender")
    return guide


def _leads_somewhere(guide: Guide) -> None:
    for step in guide.steps:
        if step.practice and step.practice not in practices.load().practices:
            raise ValueError(f"a step names the unknown practice {step.practice!r}")


def _words(row: Row) -> Words:
    sharing = {level: Sharing(**words) for level, words in row["sharing"].items()}
    return Words(**{**_frozen(row), "sharing": sharing, "checklist": _frozen(row["checklist"])})
