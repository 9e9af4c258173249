"""The words of each consent, read from content/consents.toml once a process. Pure: no database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CONTENT = Path(__file__).parent / "content" / "consents.toml"
GROUPS = ("clinic", "read", "sharing", "contact", "research")


class ContentError(ValueError):
    """The file of consents says something that can't be so; names the consent."""


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One consent in the words of one version. `needed` before a first session; `opens` the kinds it lets be booked."""

    kind: str
    version: int
    title: str
    group: str
    needed: bool
    words: tuple[str, ...]
    withdrawn_stops: str
    withdrawn_stays: str
    approved_by: str
    approved_on: date
    demo: bool
    offered: bool = True
    opens: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.group not in GROUPS or self.version < 1 or not self.words:
            raise ValueError("needs a known group, a version from 1 on, and words")

    @property
    def text(self) -> str:
        """The words as one text, the way they are kept with somebody's yes."""
        return "\n\n".join((self.title, *self.words))


def consent_text(kind: str) -> ConsentText:
    """The current words of a kind of consent. Raises KeyError for an unknown one."""
    return load()[kind]


@cache
def load() -> Mapping[str, ConsentText]:
    """All consents by kind, in the order to ask them. Raises ContentError naming the consent."""
    return read(CONTENT)


def read(file: Path) -> Mapping[str, ConsentText]:
    """All consents of a file by kind. Raises ContentError naming the consent."""
    kept: dict[str, ConsentText] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["consent"]:
        try:
            plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
            made = ConsentText(**plain)
            if made.kind in kept:
                raise ValueError("is there twice")
        except (TypeError, ValueError) as wrong:
            raise ContentError(f"{file.name}: {row.get('kind', 'a consent without kind')}: {wrong}") from wrong
        kept[made.kind] = made
    return MappingProxyType(kept)
