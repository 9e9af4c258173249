"""The words around what somebody would rather raise themselves, wherever it stands: an entry, a check-in, nothing written."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "raising.toml"


@dataclass(frozen=True, slots=True)
class RaisingWords:
    """The words around what somebody would rather raise, asks to be looked at, or gives a part of."""

    title: str
    lead: str
    first: str
    sentences: tuple[str, ...]
    not_held: str
    check_in: str
    hold: str
    held: str
    raised: str
    show: str
    something: str
    marked: str
    ended: str
    ask_again: str
    look: str
    look_hint: str
    copy: str


@cache
def raising_words() -> RaisingWords:
    """Read once a process. Raises TypeError when a word is missing or unknown."""
    row = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return RaisingWords(**{**row, "sentences": tuple(row["sentences"])})
