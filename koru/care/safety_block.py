"""Block 1 of the brief (clinical.md 9): anything one has to know before saying hello. "None" is said in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koru.privacy.door import Record
from koru.safety.plan_reading import plan_days
from moodtracking.measures.models import Response

from .flags import Line, closed_in, flags_in

MEASURE, ITEM = "phq-9", "9"
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Item9:
    """What was answered on one day; None: left open, which is never 0."""

    id: UUID
    day: date
    value: int | None


@dataclass(frozen=True, slots=True)
class Safety:
    open: list[Line]
    closed: list[Line]
    item9: list[Item9]
    plan_at: datetime | None
    plan_together_at: datetime | None

    @property
    def call(self) -> Line | None:
        """They asked to be called, and nobody has noted that it was done."""
        return next((line for line in self.open if line.flag.call_asked_at), None)

    @property
    def unseen(self) -> list[Line]:
        return [line for line in self.open if line.flag.state == "open"]


def safety_in(record: Record) -> Safety:
    """Four questions, however much there is."""
    return Safety(flags_in(record), closed_in(record), item9_in(record), *plan_days(record.client))


def item9_in(record: Record) -> list[Item9]:
    """The answers of the last few forms, oldest first."""
    rows = Response.objects.readable_in(record).closed().filter(measure=MEASURE).order_by("-local_date", "-closed_at")
    return [Item9(row.pk, row.local_date, row.given.get(ITEM)) for row in reversed(rows[:SHOWN]) if row.local_date]
