"""What the first page shows of a routine: what fits this hour, with its tap; asked in one round with all else on the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.sealing.fields import sealed_column, shown_blob

from .models import Routine, RoutineChoice, RoutineMark, WeekWord
from .routine_content import Words, load
from .routine_week import Return, fits, return_after, word_is_asked

COLUMNS = ("id", "cue", "action", "part", "since")
A_WEEK = timedelta(days=7)
Answers = Sequence[list[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One that fits now, and what was said of today."""

    id: UUID
    cue: str
    action: str
    how: str

    @property
    def is_answered(self) -> bool:
        return bool(self.how)


@dataclass(frozen=True, slots=True)
class RoutineToday:
    """`any` is whether there are active ones at all, whether or not they fit now."""

    lines: Sequence[Line]
    any: bool
    returning: Return
    asks_word: bool
    words: Words

    @property
    def is_shown(self) -> bool:
        return bool(self.lines) or self.asks_word

    @property
    def welcome(self) -> str:
        return self.words.back if self.returning else ""


def about_routine(client: Person, since: datetime) -> "Sequence[QuerySet[Any, Any]]":
    """The active ones with the last day that was answered, answers since, what was chosen, and the latest week's word."""
    latest = RoutineMark.objects.filter(routine=OuterRef("pk")).order_by("-day").values("day")[:1]
    active = Routine.objects.filter(client=client, place__isnull=False)
    marks = RoutineMark.objects.filter(client=client, at__gt=since)
    return (
        active.annotate(last=Subquery(latest)).values_list(*COLUMNS, "last"),
        marks.values_list("routine_id", "day", "how"),
        RoutineChoice.objects.filter(client=client).values_list("back_on", "asks_on"),
        WeekWord.objects.filter(client=client).values_list("week")[:1],
    )


together = Together(about_routine)


def routine_today(client: Person, now: datetime) -> RoutineToday:
    """The same alone. One query."""
    return routine_from(together(client, now - A_WEEK), client, now)


def routine_from(answers: Answers, client: Person, now: datetime) -> RoutineToday:
    active, marks, chosen, worded = answers
    zone = ZoneInfo(client.zone)
    today, wall = local_day(now, zone, client.day_starts), now.astimezone(zone).time()
    said = {routine: how for routine, day, how in marks if day == today}
    back_on, asks_on = chosen[0] if chosen else (None, None)
    shown = [row for row in active if fits(row[3], wall, client.day_starts) or row[0] in said]
    week = word_is_asked(asks_on, today, wall, client.day_starts)
    return RoutineToday(
        lines=[_line(row, said.get(row[0], ""), client.pk) for row in shown],
        any=bool(active),
        returning=return_after(_last(active, back_on, zone, client), today, len(active)),
        asks_word=week is not None and (week,) not in [tuple(row) for row in worded],
        words=load().words,
    )


def _last(active: Iterable[Any], back_on: date | None, zone: ZoneInfo, client: Person) -> date:
    days = [back_on] if back_on else []
    for *_, since, last in active:
        days += [local_day(since, zone, client.day_starts), *([last] if last else [])]
    return max(days, default=date.min)


def _line(row: Any, how: str, owner: UUID) -> Line:
    pk, cue, action = row[:3]
    return Line(pk, _opened("cue", cue, pk, owner), _opened("action", action, pk, owner), how)


def _opened(name: str, blob: Any, row: UUID, owner: UUID) -> str:
    return shown_blob(bytes(blob), sealed_column(Routine, name).place_of(row, owner))
