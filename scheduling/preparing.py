"""What to have ready for an appointment, from content/prepare.toml. Pure, read once a process."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "prepare.toml"


@dataclass(frozen=True, slots=True)
class ToPrepare:
    heading: str
    lines: tuple[str, ...]


@cache
def to_prepare(kind: str) -> ToPrepare | None:
    """The list for a kind of appointment; most kinds need none."""
    lists = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    found = lists.get(kind)
    return ToPrepare(found["heading"], tuple(found["lines"])) if found else None
