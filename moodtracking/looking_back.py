"""What somebody may see of a client's check-ins over time: one chart a question, with the same values as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import Span, local_day
from koru.people.models import Person
from koru.privacy.door import Record
from scheduling.sessions import dosing_sessions

from .chart import Chart, chart_of
from .item_sets import load
from .items import Item
from .models import CheckIn
from .sentences import compared, day_month, quiet, title_of, worded
from .trends import DayValue, by_key

DAYS = {"30": 30, "90": 90, "all": None}


@dataclass(frozen=True)
class Trend:
    """One question over time."""

    item: Item
    title: str
    sentence: str
    quiet: str
    about: str
    chart: Chart
    rows: tuple[tuple[date, str, int], ...]

    @property
    def slug(self) -> str:
        """For ids on the page."""
        return self.item.key.replace(":", "-")


@dataclass(frozen=True)
class LookingBack:
    first: date
    last: date
    sessions: tuple[date, ...]
    trends: tuple[Trend, ...]


def span_of(client: Person, choice: str) -> Span:
    """The last 30 or 90 days of the client, today counted in, or everything."""
    zone = ZoneInfo(client.zone)
    now = timezone.now()
    today = local_day(now, zone, client.day_starts)
    end = Span.of_day(today, zone, client.day_starts).end
    days = DAYS.get(choice, 30)
    first = today - timedelta(days=days - 1) if days else _oldest(client, today)
    return Span(Span.of_day(first, zone, client.day_starts).start, end)


def _oldest(client: Person, today: date) -> date:
    """A client's own first check-in; at least a month, so that a few days don't look like much."""
    told = CheckIn.objects.written_by(client).kept().daily().order_by("at").values_list("local_date", flat=True).first()
    return min(told or today, today - timedelta(days=29))


def trends_for(record: Record, span: Span) -> LookingBack:
    """Every question answered in that span. Two queries, whatever the span: check-ins and sessions."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    first, last = local_day(span.start, zone, starts), local_day(span.end - timedelta(microseconds=1), zone, starts)
    rows = CheckIn.objects.readable_in(record).daily().within(span)
    told = by_key(row for row in rows.values_list("local_date", "answers") if first <= row[0] <= last)
    days = sessions_held(record.client)
    trends = (_trend(item, told[item.key], days, first, last) for item in _asked(told))
    return LookingBack(first, last, tuple(days), tuple(trends))


def sessions_held(client: Person) -> list[date]:
    """The client's days on which a dosing session began and ended."""
    now, zone = timezone.now(), ZoneInfo(client.zone)
    held = (session for session in dosing_sessions(client) if session.end(now) is not None)
    return [local_day(session.starts, zone, client.day_starts) for session in held]


def _asked(told: Mapping[str, object]) -> Iterable[Item]:
    questions = load()
    return [item for item in chain(questions.items.values(), questions.symptoms.values()) if item.key in told]


def _trend(item: Item, days: Sequence[DayValue], sessions: Sequence[date], first: date, last: date) -> Trend:
    word = worded(item)
    newest = days[-1]
    return Trend(
        item=item,
        title=title_of(item),
        sentence=compared(item, days, last),
        quiet=quiet(days),
        about=f"{len(days)} {'day' if len(days) == 1 else 'days'} with a value. {day_month(newest.day)}: {word(newest.value)}.",
        chart=chart_of(item, days, sessions, first, last),
        rows=tuple((one.day, word(one.value), one.count) for one in reversed(days)),
    )
