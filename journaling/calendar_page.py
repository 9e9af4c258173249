"""A month of one's journal: which days hold words, and which a session. Three questions, whatever the month holds."""

from calendar import Calendar, day_name
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span, local_day
from koru.people.models import Person
from koru.ui.times import short_day
from scheduling.models import Appointment

from .models import Entry
from .reading import EntryView, own

FIRST_YEAR, LAST_YEAR = 1900, 2200
WEEK = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month: how many entries are about it, whether there was a session, and what to call it."""

    day: date
    entries: int
    session: bool
    is_today: bool

    @property
    def said(self) -> str:
        """In words, for those who don't see the marks."""
        parts = [short_day(self.day)]
        if self.entries:
            parts.append("one entry" if self.entries == 1 else f"{self.entries} entries")
        if self.session:
            parts.append("session")
        return ", ".join(parts)

    @property
    def dots(self) -> str:
        return "•" * min(self.entries, 3)


@dataclass(frozen=True, slots=True)
class Month:
    """`before` and `after` are the first days of the months beside it; `nearest` one with words, when this has none."""

    first: date
    weeks: list[list[Day | None]]
    names: list[str]
    before: date | None
    after: date | None
    nearest: date | None

    @property
    def is_empty(self) -> bool:
        return not any(day and day.entries for week in self.weeks for day in week)


def month_of(words: str, today: date) -> date | None:
    """The first day of a month given as 2026-11; this month without one; None for what is none."""
    if not words:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def month_page(client: Person, first: date, now: datetime) -> Month:
    """A client's month, in their own days."""
    days = list(WEEK.itermonthdates(first.year, first.month))
    held = _entries(client, first)
    met = _sessions(client, first)
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    cells = [Day(day, held[day], day in met, day == today) if day.month == first.month else None for day in days]
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    before, after = (first - timedelta(days=1)).replace(day=1), _next(first)
    nearest = None if held else _nearest(client, first)
    return Month(first, weeks, list(day_name), before, after if after <= today else None, nearest)


def entries_on(client: Person, day: date) -> list[EntryView]:
    """What is about one day, newest first."""
    return own(Entry.objects.written_by(client).filter(local_date=day)[:100])


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _entries(client: Person, first: date) -> Counter[date]:
    mine = Entry.objects.written_by(client).filter(local_date__gte=first, local_date__lt=_next(first))
    return Counter(mine.values_list("local_date", flat=True))


def _sessions(client: Person, first: date) -> set[date]:
    """Days with a dosing session, booked or held. A day of margin on both sides: a client's day isn't the clock's."""
    zone, margin = ZoneInfo(client.zone), timedelta(days=1)
    around = Span(Span.of_day(first - margin, zone).start, Span.of_day(_next(first) + margin, zone).end)
    rows = Appointment.objects.dosing().filter(client=client, state__in=["booked", "met"], during__overlap=around.range)
    starts = (Span.of_range(during).start for during in rows.values_list("during", flat=True))
    return {local_day(start, zone, client.day_starts) for start in starts}


def _nearest(client: Person, first: date) -> date | None:
    """The last month before this one that holds words."""
    earlier = Entry.objects.written_by(client).filter(local_date__lt=first).order_by("-local_date")
    found: date | None = earlier.values_list("local_date", flat=True).first()
    return found.replace(day=1) if found else None
