"""Two stretches of days side by side: middle, how many days, and from where to where, with what can be said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.privacy.door import Record

from .change import Days, direction
from .item_sets import load
from .items import Item
from .items_of import Own
from .models import CheckIn
from .sentences import title_of, worded
from .trends import DayValue, by_key, middle

SAID = {"higher": "Higher after", "lower": "Lower after", "same": "About the same"}
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Side:
    """One question in one stretch: its middle as a word, the lowest and the highest day, and how many days had a value."""

    word: str
    spread: str
    days: int

    @property
    def number(self) -> str:
        return f"{self.days} day{'' if self.days == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Compared:
    """`verdict` is empty where a side has fewer than five days with a value: then nothing can be said."""

    title: str
    before: Side | None
    after: Side | None
    verdict: str


def compared_in(record: Record, before: Days, after: Days) -> list[Compared]:
    """Each question that has a value in either stretch, in the order they are asked. Two queries."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    span = Span(Span.of_day(before.first, zone, starts).start, Span.of_day(after.last, zone, starts).end)
    told = by_key(CheckIn.objects.readable_in(record).daily().within(span).values_list("local_date", "answers"))
    return compared(told, before, after, Own(record.client).told(told))


def compared(
    told: Mapping[str, Sequence[DayValue]], before: Days, after: Days, own: Mapping[str, Item] | None = None
) -> list[Compared]:
    """Pure."""
    questions = load()
    items = chain(questions.items.values(), questions.symptoms.values(), (own or {}).values())
    rows = (_of(item, told[item.key], before, after) for item in items if item.key in told)
    return [row for row in rows if row.before or row.after]


def _of(item: Item, days: Sequence[DayValue], before: Days, after: Days) -> Compared:
    was, now = middle(days, before.first, before.last), middle(days, after.first, after.last)
    verdict = SAID.get(direction(was, now), "")
    return Compared(title_of(item), _side(item, days, before), _side(item, days, after), verdict)


def _side(item: Item, days: Sequence[DayValue], within: Days) -> Side | None:
    values = [one.value for one in days if within.first <= one.day <= within.last]
    mid = middle(days, within.first, within.last)
    if mid is None:
        return None
    word, low, high = worded(item), min(values), max(values)
    spread = f"from {word(low)} to {word(high)}" if low != high else ""
    return Side(word(mid[0]), spread, mid[1])
