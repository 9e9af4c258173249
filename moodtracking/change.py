"""What changed since the last session: medians before and since, with how many days they rest on, for the brief."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from koru.moments.spans import Span, local_day
from koru.privacy.door import Record

from .item_sets import load
from .items import Item
from .items_of import OWN, Own
from .looking_back import sessions_held
from .models import CheckIn
from .sentences import A_CHANGE, ENOUGH_DAYS, title_of, worded
from .trends import DayValue, by_key, middle, quiet_stretches

WINDOW = timedelta(days=14)
A_DAY = timedelta(days=1)
SILENT = timedelta(days=3)
ALWAYS_SHOWN = ("mood", "sleep_hours", "sleep_quality")
SYMPTOMS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both counted in."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Shift:
    """One question in both windows. `direction` is "lower", "same" or "higher", or "" where too few days have a value."""

    key: str
    title: str
    before: float | None
    before_word: str
    before_days: int
    since: float | None
    since_word: str
    since_days: int
    direction: str
    low_word: str = ""
    high_word: str = ""

    @property
    def spread(self) -> str:
        """From the lowest day to the highest since, where they differ."""
        return f"from {self.low_word} to {self.high_word}" if self.low_word != self.high_word else ""

    @property
    def size(self) -> float:
        return abs((self.since or 0) - (self.before or 0)) if self.direction else 0


@dataclass(frozen=True, slots=True)
class Change:
    """`quiet` is the longest stretch without a check-in in the days since, `latest` the last day that has one, in either."""

    session_day: date
    days_since: int
    before: Days
    since: Days
    shifts: tuple[Shift, ...]
    quiet: Days | None
    latest: date | None = None
    today: date | None = None

    @property
    def silent_since(self) -> date | None:
        """The last day with a check-in, once three days have passed without one."""
        silent = self.latest and self.today and self.today - self.latest >= SILENT
        return self.latest if silent else None


def change_since_session(record: Record, now: datetime) -> Change | None:
    """Since the last dosing session against the fourteen days before it; None before the first one. Two queries."""
    held = sessions_held(record.client)
    if not held:
        return None
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    today = local_day(now, zone, starts)
    before, since = windows(held[-1], today)
    span = Span(Span.of_day(before.first, zone, starts).start, Span.of_day(since.last, zone, starts).end)
    rows = CheckIn.objects.readable_in(record).daily().within(span).values_list("local_date", "answers")
    told = by_key(rows)
    return change(told, held[-1], today, Own(record.client).told(told))


def windows(session: date, today: date) -> tuple[Days, Days]:
    """Fourteen days before the session's day; from the day after it, at most the last fourteen."""
    since = max(session + A_DAY, today - WINDOW + A_DAY)
    return Days(session - WINDOW, session - A_DAY), Days(min(since, today), today)


def change(told: Mapping[str, Sequence[DayValue]], session: date, today: date, own: Mapping[str, Item] | None = None) -> Change:
    """Mood and sleep always, then the symptoms and questions of their `own` that changed most."""
    before, since = windows(session, today)
    questions = load()
    items = [
        item for item in chain(questions.items.values(), questions.symptoms.values(), (own or {}).values()) if item.key in told
    ]
    shifts = [shift(item, told[item.key], before, since) for item in items]
    always = [one for one in shifts if one.key in ALWAYS_SHOWN]
    symptoms = sorted((one for one in shifts if one.key.startswith(("symptom:", OWN))), key=lambda one: -one.size)
    shown = (*always, *symptoms[:SYMPTOMS_SHOWN])
    latest = max((values[-1].day for values in told.values() if values), default=None)
    return Change(session, (today - session).days, before, since, shown, longest_quiet(told, since), latest, today)


def shift(item: Item, days: Sequence[DayValue], before: Days, since: Days) -> Shift:
    was, now = middle(days, before.first, before.last), middle(days, since.first, since.last)
    word = worded(item)
    values = [one.value for one in days if since.first <= one.day <= since.last]
    return Shift(
        key=item.key,
        title=title_of(item),
        before=was[0] if was else None,
        before_word=word(was[0]) if was else "",
        before_days=was[1] if was else 0,
        since=now[0] if now else None,
        since_word=word(now[0]) if now else "",
        since_days=now[1] if now else 0,
        direction=direction(was, now),
        low_word=word(min(values)) if values else "",
        high_word=word(max(values)) if values else "",
    )


def direction(was: tuple[float, int] | None, now: tuple[float, int] | None) -> str:
    """Less than half a step is the same; fewer than five days on either side say nothing."""
    if was is None or now is None or min(was[1], now[1]) < ENOUGH_DAYS:
        return ""
    if abs(now[0] - was[0]) < A_CHANGE:
        return "same"
    return "higher" if now[0] > was[0] else "lower"


def longest_quiet(told: Mapping[str, Sequence[DayValue]], since: Days) -> Days | None:
    """The longest stretch of more than two days without any check-in, up to today."""
    days = sorted({one.day for values in told.values() for one in values if since.first <= one.day <= since.last})
    edges = [DayValue(day, 0) for day in (since.first - A_DAY, *days, since.last + A_DAY)]
    gaps = [Days(first, last) for first, last in quiet_stretches(edges)]
    return max(gaps, key=lambda gap: gap.last - gap.first, default=None)
