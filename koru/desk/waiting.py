"""A task at the desk as a value: whose, since when, and the one next step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

A_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Task:
    """Who it is about, and what stands. `next` is the step that `link` leads to; `owner` sees to it; it waits `since` then.

    `stays`: where to say that it is to stay as it is.
    """

    name: str
    words: str
    link: str
    next: str = "See"
    owner: str = ""
    since: datetime | None = None
    age: str = ""
    stays: str = ""

    def at(self, now: datetime) -> "Task":
        """With its age in words: "3 days", nothing in the first day."""
        days = int((now - self.since).total_seconds() // A_DAY) if self.since else 0
        return replace(self, age="" if days < 1 else "1 day" if days == 1 else f"{days} days")


@dataclass(frozen=True, slots=True)
class Sort:
    """Tasks of one sort, found by one or two questions. A room that has work for the desk adds a line in open_tasks.py."""

    title: str
    find: Callable[[datetime, ZoneInfo], Iterable[Task]]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks of one sort: the first few, and how many more."""

    title: str
    some: Sequence[Task]
    more: int = 0
    tone: str = ""
