"""What is asked of a client now, read from what is assigned, filled in and booked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, OuterRef, QuerySet, Subquery

from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.phases import DosingSession
from scheduling.sessions import about_sessions, sessions_from

from . import definitions, schedules
from .due import Assigned, Window, lapsed, last_day_of, offered, quiet_days, window
from .instrument import Measure
from .models import Assignment, Response

COLUMNS = ("id", "measure", "form", "schedule", "begins_on", "last_day", "open_id", "open_day")


@dataclass(frozen=True, slots=True)
class Asked:
    """One assigned measure as it stands: `window` the open one or the next, `fill` what was begun and not finished."""

    id: UUID
    measure: Measure
    form: str
    assigned: Assigned
    window: Window | None
    is_due: bool
    fill: UUID | None

    @property
    def title(self) -> str:
        return self.measure.title_of(self.form)

    @property
    def is_begun(self) -> bool:
        return self.fill is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """All assigned measures of a client on one of their days. `sessions`: the days on which their dosing sessions lie."""

    today: date
    measures: tuple[Asked, ...]
    is_quiet: bool
    sessions: frozenset[date] = frozenset()

    @property
    def due(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.measures if one.is_due)

    @property
    def minutes(self) -> int:
        return sum(one.measure.minutes for one in self.due)

    @property
    def unfilled(self) -> tuple[tuple[Asked, Window], ...]:
        """What was asked since it was last filled in, and lapsed without an answer: the latest time of each."""
        found = ((one, lapsed(one.assigned, self.sessions, self.today)) for one in self.measures)
        return tuple((one, windows[-1]) for one, windows in found if windows)

    def of(self, slug: str) -> Asked | None:
        return next((one for one in self.measures if one.measure.slug == slug), None)


def about_measures(client: Person) -> "QuerySet[Any, Any]":
    """The live assignments, each with the day it was last filled in and what is unfinished. One question."""
    fills = Response.objects.filter(client=OuterRef("client"), measure=OuterRef("measure"))
    completed = fills.filter(state="completed").order_by().values("measure").annotate(day=Max("local_date")).values("day")
    unfinished = fills.filter(state="open")
    rows = Assignment.objects.filter(client=client, ended_at=None).order_by("measure")
    rows = rows.annotate(
        last_day=Subquery(completed),
        open_id=Subquery(unfinished.values("id")[:1]),
        open_day=Subquery(unfinished.values("local_date")[:1]),
    )
    return rows.values_list(*COLUMNS)


def about_asked(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What a client's standing is read from."""
    return about_measures(client), about_sessions(client)


together = Together(about_asked)


def standing_of(client: Person, now: datetime) -> Standing:
    """What is asked of a client now. One query."""
    measures, sessions = together(client)
    return standing_from(measures, sessions_from(sessions), client, now)


def standing_from(rows: Iterable[Any], sessions: Iterable[DosingSession], client: Person, now: datetime) -> Standing:
    """The same by the answers to `about_measures` and the client's sessions."""
    zone = ZoneInfo(client.zone)
    today = local_day(now, zone, client.day_starts)
    days = session_days(sessions, zone, client)
    rows = [row for row in rows if row[1] in definitions.load()]
    assigned = [assigned_from(row) for row in rows]
    had = any(one.is_long and one.last == today for one in assigned)
    due = {one.slug for one, _ in offered(assigned, days, today, had_a_long_one=had)}
    asked = (asked_from(row, one, days, today, due) for row, one in zip(rows, assigned, strict=True))
    return Standing(today, tuple(asked), today in quiet_days(days), days)


def session_days(sessions: Iterable[DosingSession], zone: ZoneInfo, client: Person) -> frozenset[date]:
    """The client's days on which a dosing session begins or ended."""
    moments = (moment for one in sessions for moment in (one.starts, one.ended) if moment)
    return frozenset(local_day(moment, zone, client.day_starts) for moment in moments)


def assigned_from(row: Any) -> Assigned:
    _, slug, _, schedule, begins, last, *_ = row
    measure = definitions.load()[slug]
    return Assigned(slug, schedules.load()[schedule], begins, last, measure.not_within_days, measure.is_long)


def asked_from(row: Any, assigned: Assigned, days: Collection[date], today: date, due: Collection[str]) -> Asked:
    ident, slug, form, _, _, _, fill, begun = row
    may_finish = fill is not None and today <= last_day_of(begun)
    return Asked(
        id=ident,
        measure=definitions.load()[slug],
        form=form,
        assigned=assigned,
        window=window(assigned, days, today),
        is_due=slug in due or (may_finish and today not in quiet_days(days)),
        fill=fill if may_finish else None,
    )
