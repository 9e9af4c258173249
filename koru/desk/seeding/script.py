"""The script of the demo's practice, read from content/demo.toml: who, and when, in days from today. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from koru.moments.walltime import instant_of

CONTENT = Path(__file__).parent / "content" / "demo.toml"
PLACES = ("video", "phone")
Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One appointment of the script: "-2 10:00 dosing Fern room"."""

    day: int
    at: time
    kind: str
    where: str

    @classmethod
    def read(cls, words: str) -> "Line":
        day, at, kind, where = words.split(" ", 3)
        return cls(int(day), time.fromisoformat(at), kind, where)

    @property
    def place(self) -> str:
        return self.where if self.where in PLACES else "room"

    @property
    def room(self) -> str:
        return "" if self.where in PLACES else self.where


@dataclass(frozen=True)
class Today:
    """The day that the script counts from, in the clinic's zone."""

    now: datetime
    zone: ZoneInfo

    def day(self, offset: int) -> date:
        return self.now.astimezone(self.zone).date() + timedelta(days=offset)

    def instant(self, offset: int, at: time, zone: ZoneInfo | None = None) -> datetime:
        """That clock time so many days from today. One on the zone's own wall, true across clock changes."""
        return instant_of(self.day(offset), at, zone or self.zone)


@cache
def script() -> Row:
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))
