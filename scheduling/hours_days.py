"""Days that differ as a page lists them: days in a row that are alike are one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from koru.people.models import ClosedDay
from koru.ui.times import spoken_day, spoken_time

from .hours import Whose
from .models import AvailabilityException, Room

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class One:
    """One day that differs. `of_clinic`: everybody's."""

    id: UUID
    on: date
    what: str
    opens: time | None
    closes: time | None
    of_clinic: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that differ alike."""

    days: Sequence[One]

    @property
    def first(self) -> One:
        return self.days[0]

    @property
    def words(self) -> str:
        first, last = spoken_day(self.first.on), spoken_day(self.days[-1].on)
        return first if len(self.days) == 1 else f"{first} to {last}"

    @property
    def how(self) -> str:
        return f"{self.first.what}, {hours_words(self.first.opens, self.first.closes)}"


def hours_words(opens: time | None, closes: time | None) -> str:
    if opens is None:
        return "all day"
    return f"{spoken_time(opens)} to {spoken_time(closes)}" if closes else f"from {spoken_time(opens)} on"


def days_of(whose: Whose | None, today: date) -> list[Run]:
    """Of a therapist or room, with the clinic's; None: the clinic's alone. Soonest first."""
    closed = [
        One(day.pk, day.on, day.name or "The clinic is closed", day.shut_from, day.shut_until, of_clinic=True)
        for day in ClosedDay.objects.filter(on__gte=today)
    ]
    if whose is None:
        return runs(closed)
    own = AvailabilityException.objects.of(whose).filter(on__gte=today)
    return runs([*closed, *(One(day.pk, day.on, _what(day, whose), day.opens, day.closes) for day in own)])


def _what(day: AvailabilityException, whose: Whose) -> str:
    if isinstance(whose, Room):
        return "Closed" if day.what == AvailabilityException.What.AWAY else "Open as well"
    return day.get_what_display()


def runs(days: Iterable[One]) -> list[Run]:
    """Alike means alike in everything but the date."""
    by_kind: dict[tuple[object, ...], list[list[One]]] = {}
    for one in sorted(days, key=lambda day: day.on):
        kind = (one.what, one.opens, one.closes, one.of_clinic)
        found = by_kind.setdefault(kind, [])
        if found and found[-1][-1].on + DAY == one.on:
            found[-1].append(one)
        else:
            found.append([one])
    made = [Run(row) for found in by_kind.values() for row in found]
    return sorted(made, key=lambda run: (run.first.on, run.first.opens or time(0)))
