"""How the body took the last session: side effects by day, as a table for the brief (clinical.md 9, block 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.privacy.door import Record
from moodtracking.item_sets import load
from moodtracking.models import CheckIn
from scheduling.models import Appointment

DAYS = ("Day 0", "Day 1", "Day 3")
LAST_DAY = 7


@dataclass(frozen=True, slots=True)
class Effect:
    """One side effect: a word for each of the days, empty where it wasn't asked, and whether it was still there."""

    words: str
    days: tuple[str, ...]
    still_there: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """One side-effect check-in: so many days after the session."""

    day: int
    answers: Mapping[str, float]
    still_there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class After:
    """`effects` were there on some day; `none` were asked about and never there.

    From `of` notes about the session `on`, the last one `at`.
    """

    effects: tuple[Effect, ...]
    none: str
    days: tuple[str, ...] = DAYS
    on: date | None = None
    of: int = 0
    at: datetime | None = None

    @property
    def still_there(self) -> list[Effect]:
        return [effect for effect in self.effects if effect.still_there]


def after_session(record: Record) -> After | None:
    """After the last dosing session; None when nothing was noted. One query."""
    rows = CheckIn.objects.readable_in(record).filter(kind=CheckIn.Kind.SIDE_EFFECT, about_appointment__isnull=False)
    told = list(rows.order_by("-at").values_list("about_appointment", "local_date", "at", "answers", "still_there")[:30])
    if not told:
        return None
    session = Appointment.objects.of_client(record.client).filter(pk=told[0][0]).first()
    client = record.client
    first = local_day(session.span.start, ZoneInfo(client.zone), client.day_starts) if session else told[-1][1]
    notes = [noted(row, first) for row in reversed(told) if row[0] == told[0][0]]
    shown = table(notes)
    return replace(shown, on=first, of=len(notes), at=told[0][2]) if shown else None


def noted(row: Any, first: date) -> Noted:
    _, day, _, answers, still = row
    return Noted((day - first).days, answers, tuple(still))


def column(day: int) -> int | None:
    """Day 0, day 1, and what was noted from day 2 to a week after as the third."""
    if day < 0 or day > LAST_DAY:
        return None
    return min(day, 2)


def table(notes: Iterable[Noted]) -> After | None:
    """The strongest of each day, in the order of asking. Pure."""
    notes = [one for one in notes if column(one.day) is not None]
    if not notes:
        return None
    cells: dict[tuple[str, int], float] = {}
    for one in notes:
        for key, value in one.answers.items():
            place = key, column(one.day) or 0
            cells[place] = max(value, cells.get(place, value))
    still = set(notes[-1].still_there)
    known = load().side_effects
    there = [key for key in known if any(cells.get((key, place)) for place in range(len(DAYS)))]
    none = [known[key].ask.lower() for key in known if key not in there and any((key, place) in cells for place in range(3))]
    effects = (
        Effect(known[key].ask, tuple(word(key, cells.get((key, place))) for place in range(3)), key in still) for key in there
    )
    return After(tuple(effects), ", ".join(none))


def word(key: str, value: float | None) -> str:
    return "" if value is None else load().side_effects[key].word(int(value))
