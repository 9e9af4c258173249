"""A therapist's people at a glance: who is next, who needs a word, and what is new since they last looked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from journaling.caseload import EntriesSince, about_entries, entries_from
from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.cover_days import last_day
from koru.people.models import Person
from koru.privacy.door import Known, about_clients, about_covered, clients_from, open_caseload
from koru.safety.quiet_hellos import about_quiet
from koru.safety.quiet_told import quiet_from
from koru.ui.times import short_day
from moodtracking.caseload import about_check_ins, check_ins_from
from moodtracking.measures.caseload import about_changes, changes_from
from scheduling.caseload import about_met
from scheduling.models import Appointment

from .flags import Line, flags_for, unseen
from .ranking import Row, Show, in_order
from .today import Today, ahead_and_lately, today_from

NOTHING_SHARED = EntriesSince(0, 0)
FLAGS_SHOWN = 5
A_WEEK = 7
COVERED = 3  # the place of their question behind that of the clients
Rows = list[Any]


@dataclass(frozen=True, slots=True)
class View:
    """What the caseload page shows, in its order. `found` are those of `everyone` that `show` asks for."""

    day: Today
    lines: list[Line]
    covered: Rows
    week: list[Appointment]
    news: list[Row]
    everyone: list[Row]
    show: Show

    @property
    def found(self) -> list[Row]:
        return [row for row in self.everyone if self.show in row.groups]

    @property
    def choices(self) -> list[tuple[Show, int]]:
        """Each way to narrow the list, with how many it would leave."""
        return [(show, sum(show in row.groups for row in self.everyone)) for show in Show]


def about_caseload(therapist: Person) -> "Sequence[QuerySet[Any, Any]]":
    """All that the page asks about clients, in one round trip."""
    return (
        about_clients(therapist),
        about_check_ins(therapist),
        about_changes(therapist),
        about_met(therapist),
        about_covered(therapist),
        about_quiet(therapist),
        *about_entries(therapist),
    )


together = Together(about_caseload)


@contextmanager
def caseload_of(therapist: Person, show: Show = Show.ALL) -> Iterator[View]:
    """The caseload through the door: the same few queries for one client and for two hundred."""
    with open_caseload(by=therapist):
        now, zone = timezone.now(), ZoneInfo(therapist.zone)
        clients, *answers = together(therapist)
        covered = answers.pop(COVERED)
        known, found = clients_from(clients), list(ahead_and_lately(therapist, now))
        lines = flags_for(therapist, {*known, *(client for client, _, _ in covered)})
        ahead = [one for one in found if one.state == Appointment.State.BOOKED]
        week = [one for one in ahead if _days_off(one, now, zone) < A_WEEK]
        flags = {line.flag.client_id: line for line in reversed(lines) if line.own}
        rows = in_order(_rows(known, answers, flags, {one.client_id: one for one in reversed(ahead)}, week))
        yield View(
            day=today_from(found, now, zone),
            lines=unseen(lines)[:FLAGS_SHOWN],
            covered=[(client, name, short_day(last_day(until, zone))) for client, name, until in covered],
            week=[one for one in week if _days_off(one, now, zone) > 0],
            news=[row for row in rows if row.has_news],
            everyone=rows,
            show=show,
        )


def _days_off(appointment: Appointment, now: datetime, zone: ZoneInfo) -> int:
    """How many of the therapist's days lie between."""
    days: int = (local_day(appointment.span.start, zone) - local_day(now, zone)).days
    return days


def _rows(
    clients: Mapping[UUID, Known],
    answers: Sequence[Rows],
    flags: Mapping[UUID, Line],
    following: Mapping[UUID | None, Appointment],
    week: Collection[Appointment],
) -> list[Row]:
    (check_ins, changes, met, silences, *entries), now = answers, timezone.now()
    told, new, shared = check_ins_from(check_ins), changes_from(changes, now), entries_from(entries)
    quiet = quiet_from(silences, now)
    has_met, soon = {client for (client,) in met}, {one.pk for one in week}

    def row(client: Known) -> Row:
        coming = following.get(client.pk)
        return Row(
            client=client,
            next=coming,
            is_this_week=coming is not None and coming.pk in soon,
            has_met=client.pk in has_met,
            check_ins=told.get(client.pk),
            entries=shared.get(client.pk, NOTHING_SHARED),
            quiet=quiet.get(client.pk),
            changed=new.get(client.pk),
            line=flags.get(client.pk),
            now=now,
        )

    return [row(client) for client in clients.values()]
