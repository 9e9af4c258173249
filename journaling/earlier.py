""" "This time in your journey before": one earlier entry from the same days after a session, or from this day back then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404

from koru.moments.directions import neither
from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.phases import DosingSession
from scheduling.sessions import dosing_sessions

from .found import Rested
from .models import Entry
from .reading import EntryView, own

WINDOW = 28
NEAR = 1


@dataclass(frozen=True, slots=True)
class Echo:
    """A day whose words may come up again, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The entry that comes up, and why."""

    entry: EntryView
    why: str


def echoes(today: date, ends: Iterable[date]) -> list[Echo]:
    """Days to look at, the nearest kin first: as many days after earlier sessions, then a year and a month ago. Pure."""
    past = sorted((end for end in ends if end <= today), reverse=True)
    since = (today - past[0]).days if past else WINDOW + 1
    if since > WINDOW:
        return _calendar_echoes(today)
    why = "From the day of an earlier session" if since == 0 else f"From {_days(since)} after an earlier session"
    kin = [end + timedelta(days=since + off) for end in past[1:] for off in (0, -NEAR, NEAR)]
    wanted = [day for day in kin if day < past[0]]
    return [Echo(day, why) for day in dict.fromkeys(wanted)] + _calendar_echoes(today)


def _days(number: int) -> str:
    return "a day" if number == 1 else f"{number} days"


def _calendar_echoes(today: date) -> list[Echo]:
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    found = [Echo(day, "From a year ago") for day in [_same_day(today.year - 1, today.month, today.day)] if day]
    back = _same_day(month.year, month.month, today.day)
    return [*found, *([Echo(back, "From a month ago")] if back else [])]


def _same_day(year: int, month: int, day: int) -> date | None:
    """None where that month has no such day: nothing is made up for it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def earlier_for(client: Person, now: datetime) -> Earlier | None:
    """One entry of one's own from such a day, not left to rest. Two questions."""
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    wanted = echoes(today, _end_days(client, dosing_sessions(client), now))
    rank = {echo.day: place for place, echo in reversed(list(enumerate(wanted)))}
    rows: Sequence[Entry] = list(Entry.objects.written_by(client).filter(local_date__in=rank, rested=None)[:30])
    if not rows:
        return None
    first = min(rows, key=lambda row: rank[row.local_date])
    return Earlier(own([first])[0], wanted[rank[first.local_date]].why)


def _end_days(client: Person, sessions: Iterable[DosingSession], now: datetime) -> list[date]:
    ends = (session.end(now) for session in sessions)
    return [local_day(end, ZoneInfo(client.zone), client.day_starts) for end in ends if end and end <= now]


@neither
@transaction.atomic
def let_rest(entry_id: UUID, *, by: Person) -> None:
    """Not to come up by itself again. Raises Http404 for another's entry."""
    if not Entry.objects.written_by(by).filter(pk=entry_id).exists():
        raise Http404
    Rested.objects.get_or_create(entry_id=entry_id)
