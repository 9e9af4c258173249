"""What somebody may see of a client's check-ins over time: one chart a question, with the same values as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.safestring import SafeString

from koru.moments.spans import Span, local_day
from koru.people.models import Person
from koru.privacy.door import Record
from scheduling.phases import DosingSession
from scheduling.resting import is_calm
from scheduling.sessions import dosing_sessions

from .chart import Chart, chart_of
from .codes import code
from .item_sets import load
from .items import Item
from .items_of import Own
from .lines import Line, line_of
from .measure_lines import MeasureLine, measure_lines
from .ranges import Range, range_of
from .sentences import compared, day_month, quiet
from .tables import rows_of
from .told import told_in
from .trends import DayValue
from .weeks import by_weeks, weekly

AT_LEAST = timedelta(days=29)  # so that a few days don't look like much


@dataclass(frozen=True)
class Trend:
    """One line over time. `code` stands for it in addresses and ids, and says nothing."""

    line: Line
    code: str
    days: Sequence[DayValue]
    sentence: str
    quiet: str
    about: str
    chart: Chart
    rows: SafeString

    @property
    def title(self) -> str:
        return self.line.title


@dataclass(frozen=True)
class LookingBack:
    """`weekly`: so long a span that each dot is a week. `calm`: it is the day of a session, and looking back can wait."""

    first: date
    last: date
    sessions: tuple[date, ...]
    trends: tuple[Trend, ...]
    calm: bool = False

    @property
    def weekly(self) -> bool:
        return by_weeks(self.first, self.last)


def today_of(client: Person) -> date:
    return local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)


def span_of(client: Person, choice: str) -> Span:
    """The last 30 or 90 days of the client, today counted in, a year, or everything."""
    return span_over(client, range_of(choice, today_of(client)))


def span_over(client: Person, chosen: Range) -> Span:
    zone = ZoneInfo(client.zone)
    start = Span.of_day(chosen.begins, zone, client.day_starts).start
    return Span(start, Span.of_day(chosen.last, zone, client.day_starts).end)


def trends_for(record: Record, span: Span) -> LookingBack:
    """Every question answered in that span. Two queries, whatever the span: check-ins and sessions."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    first, last = local_day(span.start, zone, starts), local_day(span.end - timedelta(microseconds=1), zone, starts)
    return looking_back(record, told_in(record, span, first, last), first, last)


def look_back(record: Record, chosen: Range) -> LookingBack:
    """The same for the days that were chosen; all of them begin with the first that was told."""
    told = told_in(record, span_over(record.client, chosen), chosen.begins, chosen.last)
    first = chosen.first or min([chosen.last - AT_LEAST, *(days[0].day for days in told.values())])
    return looking_back(record, told, first, chosen.last)


def looking_back(record: Record, told: Mapping[str, Sequence[DayValue]], first: date, last: date) -> LookingBack:
    client, edges = record.client, (first, last, today_of(record.client))
    booked, now = dosing_sessions(client), timezone.now()
    sessions = held_of(booked, client)
    trends = [_trend(client, line_of(item), told[item.key], sessions, edges) for item in asked_in(client, told)]
    return LookingBack(first, last, tuple(sessions), tuple(trends), is_calm(booked, ZoneInfo(client.zone), now))


def measured(record: Record, back: LookingBack) -> tuple[Trend, ...]:
    """The measures filled in over the same days. One query."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    span = Span(Span.of_day(back.first, zone, starts).start, Span.of_day(back.last, zone, starts).end)
    return tuple(measure_trend(record.client, one, back) for one in measure_lines(record, span))


def measure_trend(client: Person, told: MeasureLine, back: LookingBack) -> Trend:
    times = "once" if len(told.days) == 1 else f"{len(told.days)} times"
    return Trend(
        line=told.line,
        code=code(client.pk, told.line.key),
        days=told.days,
        sentence=told.sentence,
        quiet="",
        about=f"Filled in {times}.",
        chart=chart_of(told.line, told.days, back.sessions, back.first, back.last),
        rows=rows_of(told.days, told.line.say, today_of(client)),
    )


def sessions_held(client: Person) -> list[date]:
    """The client's days on which a dosing session began and ended."""
    return held_of(dosing_sessions(client), client)


def held_of(sessions: Iterable[DosingSession], client: Person) -> list[date]:
    now, zone = timezone.now(), ZoneInfo(client.zone)
    held = (session for session in sessions if session.end(now) is not None)
    return [local_day(session.starts, zone, client.day_starts) for session in held]


def asked_in(client: Person, told: Mapping[str, object]) -> list[Item]:
    """The questions that have an answer, in the order of asking. One query, where any is in the client's own words."""
    questions = load()
    own = Own(client).told(told)
    known = chain(questions.items.values(), questions.symptoms.values(), own.values())
    return [item for item in known if item.key in told]


def _trend(
    client: Person, line: Line, days: Sequence[DayValue], sessions: Sequence[date], edges: tuple[date, date, date]
) -> Trend:
    first, last, today = edges
    these = "these two weeks" if last == today else "in the last two weeks shown"
    newest, count = days[-1], "1 day" if len(days) == 1 else f"{len(days)} days"
    shown = weekly(days) if by_weeks(first, last) else days
    return Trend(
        line=line,
        code=code(client.pk, line.key),
        days=days,
        sentence=compared(line.name, line.say, days, last, these),
        quiet=quiet(days),
        about=f"{count} with a value. {day_month(newest.day)}: {line.say(newest.value)}.",
        chart=chart_of(line, shown, sessions, first, last),
        rows=rows_of(shown, line.say, today),
    )
