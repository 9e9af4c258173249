"""A therapist's people at a glance: who is next, and what is new since they last looked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from journaling.caseload import EntriesSince, entries_since_looked
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.privacy.door import Caseload, open_caseload
from moodtracking.caseload import CheckInsSince, check_ins_since_looked
from scheduling.models import Appointment

from .today import Today, ahead_and_lately, today_from

NOTHING_SHARED = EntriesSince(0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One client in the caseload."""

    client: Person
    next: Appointment | None
    check_ins: CheckInsSince | None
    entries: EntriesSince

    @property
    def news(self) -> str:
        """What is new, counted in words; empty when nothing is."""
        new_check_ins = self.check_ins.new if self.check_ins else 0
        told = [counted(self.entries.new, "entry shared", "entries shared"), counted(new_check_ins, "check-in", "check-ins")]
        return ", ".join(words for words in told if words)


@dataclass(frozen=True, slots=True)
class View:
    """What the caseload page shows, in its order."""

    day: Today
    week: list[Appointment]
    changed: list[Row]
    everyone: list[Row]


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


@contextmanager
def caseload_of(therapist: Person) -> Iterator[View]:
    """The caseload through the door: the same few queries for one client and for sixty."""
    with open_caseload(by=therapist) as caseload:
        now = timezone.now()
        yield _view(caseload, list(ahead_and_lately(therapist, now)), now, ZoneInfo(therapist.zone))


def _view(caseload: Caseload, found: list[Appointment], now: datetime, zone: ZoneInfo) -> View:
    ahead = [one for one in found if one.state == Appointment.State.BOOKED]
    rows = _rows(caseload, ahead)
    today = local_day(now, zone)

    def days_off(appointment: Appointment) -> int:
        day: date = local_day(appointment.span.start, zone)
        return (day - today).days

    return View(
        day=today_from(found, now, zone),
        week=[appointment for appointment in ahead if 0 < days_off(appointment) < 7],
        changed=[row for row in rows if row.news],
        everyone=sorted(rows, key=lambda row: row.client.display_name.casefold()),
    )


def _rows(caseload: Caseload, ahead: list[Appointment]) -> list[Row]:
    following: dict[UUID | None, Appointment] = {}
    for appointment in ahead:
        following.setdefault(appointment.client_id, appointment)
    check_ins, entries = check_ins_since_looked(caseload), entries_since_looked(caseload)
    return [
        Row(client, following.get(client.pk), check_ins.get(client.pk), entries.get(client.pk, NOTHING_SHARED))
        for client in caseload.clients.values()
    ]
