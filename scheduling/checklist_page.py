"""A checklist as its client reads it: by when, with their own ticks. And the two things of it that the clinic is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person

from .checklists import ChecklistItem, ChecklistTick
from .models import Appointment, TrustedPerson
from .way_home import is_answered

About, Shown = ChecklistItem.About, ChecklistItem.Shown
DAYS_BEFORE = {Shown.DAY: 0, Shown.BEFORE: 2, Shown.WEEK: 366}
COLUMNS = ("id", "kind_id", "shown", "about", "words", "rule", "place")
Answers = Sequence[list[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    item: ChecklistItem
    done: bool

    @property
    def is_note(self) -> bool:
        return self.item.about == About.NOTE

    @property
    def is_escort(self) -> bool:
        return self.item.about == About.ESCORT

    @property
    def is_questions(self) -> bool:
        return self.item.about == About.QUESTIONS


@dataclass(frozen=True, slots=True)
class Group:
    shown: str
    lines: Sequence[Line]

    @property
    def title(self) -> str:
        return str(Shown(self.shown).label)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Groups whose time has come, the nearest first; `after` is to read once it is over."""

    groups: Sequence[Group]
    after: Sequence[ChecklistItem]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def left(self) -> list[Line]:
        """What is not ticked yet, the nearest first."""
        return [line for line in self.lines if not line.done and not line.is_note]

    @property
    def told(self) -> list[Line]:
        return [line for line in self.lines if line.item.is_told]


def about_checklist(client: Person, since: datetime) -> "Sequence[QuerySet[Any, Any]]":
    """All lines in use, and the client's own ticks for what is ahead or only just over."""
    ticks = ChecklistTick.objects.filter(client=client, appointment__during__endswith__gt=since)
    return ChecklistItem.objects.filter(is_open=True).values_list(*COLUMNS), ticks.values_list("appointment_id", "item_id")


together = Together(about_checklist)


def checklist_of(appointment: Appointment, client: Person, now: datetime) -> Checklist:
    """One query."""
    return checklist_from(together(client, appointment.starts), appointment, client, now)


def checklist_from(answers: Answers, appointment: Appointment, client: Person, now: datetime) -> Checklist:
    items, ticks = answers
    mine = [item for item in map(_item, items) if item.kind_id == appointment.kind_id]
    done = {item for of, item in ticks if of == appointment.pk}
    zone = ZoneInfo(client.zone)
    days = (local_day(appointment.starts, zone, client.day_starts) - local_day(now, zone, client.day_starts)).days
    groups = [_group(shown, mine, done, appointment, now) for shown, before in DAYS_BEFORE.items() if days <= before]
    return Checklist([one for one in groups if one.lines], [item for item in mine if item.shown == Shown.AFTER])


def _item(row: tuple[Any, ...]) -> ChecklistItem:
    return ChecklistItem.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)


def _group(shown: str, items: Iterable[ChecklistItem], done: set[UUID], appointment: Appointment, now: datetime) -> Group:
    """The way home counts as done while it is answered."""
    answered = is_answered(appointment, now)
    lines = [Line(one, answered if one.about == About.ESCORT else one.pk in done) for one in items if one.shown == shown]
    return Group(shown, lines)


@dataclass(frozen=True, slots=True)
class Told:
    """What the clinic is told: whether the way home is answered, and since when the day's rules are read and kept."""

    asks_escort: bool
    way_home: str
    asks_fasting: bool
    fasting_at: datetime | None


def told_of(appointment: Appointment, now: datetime) -> Told:
    """One query, for kinds that ask about food."""
    asks = appointment.kind.needs_fasting
    ticks = ChecklistTick.objects.filter(appointment=appointment, item__about=About.FASTING)
    found = ticks.values_list("at", flat=True).first() if asks else None
    return Told(appointment.kind.needs_escort, _way_home(appointment, now), asks, found)


def _way_home(appointment: Appointment, now: datetime) -> str:
    if appointment.way_home_at is None:
        return "Not yet"
    there = TrustedPerson.objects.filter(appointment=appointment).first()
    if there and there.yes_to == appointment.starts:
        return "Named, and they said yes themselves"
    return "Named" if is_answered(appointment, now) else "Named, not said again since the day before"
