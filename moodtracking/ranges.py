"""Which days to look back on: the last month, quarter or year, all, or from one day to another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

CHOICES = (("30", "30 days"), ("90", "90 days"), ("365", "A year"), ("all", "All"))
USUAL = "30"
OWN = "own"
FIRST_EVER = date(2000, 1, 1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """From `first` to `last`, both counted in. `first` is None for all there is."""

    choice: str
    first: date | None
    last: date

    @property
    def begins(self) -> date:
        return self.first or FIRST_EVER

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What names the same days in the address of another page."""
        if self.choice == OWN:
            return ("from", self.begins.isoformat()), ("to", self.last.isoformat())
        return (("days", self.choice),)

    @property
    def query(self) -> str:
        return urlencode(self.fields)


def range_of(choice: str, today: date) -> Range:
    """One of the choices, today counted in; a month for anything odd."""
    if choice == "all":
        return Range("all", None, today)
    known = choice if choice in dict(CHOICES) else USUAL
    return Range(known, today - timedelta(days=int(known)) + A_DAY, today)


def own_range(first: date, last: date, today: date) -> Range:
    """From one day to another, as far as there are days."""
    return Range(OWN, max(first, FIRST_EVER), min(last, today))


def is_asked_for(asked: Mapping[str, str]) -> bool:
    """Whether an address names its own two days."""
    return bool(asked.get("from") or asked.get("to"))
