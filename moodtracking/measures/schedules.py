"""When measures can be asked, as the clinic's schedules say: read from content/schedules.toml once a process. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .definitions import CONTENT, ContentError


@dataclass(frozen=True, slots=True)
class Schedule:
    """`days` or `months` after the last filled one, or so many days from each dosing session; none of them: once."""

    key: str
    words: str
    days: int = 0
    months: int = 0
    sessions: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.days) + bool(self.months) + bool(self.sessions) > 1 or min(self.days, self.months) < 0:
            raise ValueError("a schedule has days, months or sessions")

    @property
    def repeats(self) -> bool:
        return bool(self.days or self.months)


@cache
def load() -> Mapping[str, Schedule]:
    """All schedules by key. Raises ContentError naming the one that can't be."""
    found: dict[str, Schedule] = {}
    for row in tomllib.loads((CONTENT / "schedules.toml").read_text(encoding="utf-8"))["schedule"]:
        try:
            one = Schedule(**{**row, "sessions": tuple(row.get("sessions", ()))})
        except (TypeError, ValueError) as wrong:
            raise ContentError(f"schedules.toml: {row.get('key')}: {wrong}") from wrong
        found[one.key] = one
    return MappingProxyType(found)
