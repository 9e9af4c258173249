"""Flags as those who have to look read them: the list, one of them, and the block at the top of a record."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import EmergencyContact, Person
from koru.privacy.asking import Asked
from koru.privacy.door import Record, open_caseload, open_record
from koru.privacy.standing import Part, clients_of
from koru.safety.flags import Flag, FlagStep
from koru.safety.rules import rule

from .flag_words import Answer, answers_in

SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Line:
    """A flag in a list. Of somebody who isn't one's own client it says only that it waits."""

    flag: Flag
    own: bool
    now: datetime

    @property
    def title(self) -> str:
        return rule(self.flag.key).title if self.own else "Waits for somebody to look"

    @property
    def is_late(self) -> bool:
        return self.flag.state == Flag.State.OPEN and self.flag.due_at <= self.now


@dataclass(frozen=True, slots=True)
class Opened:
    """One flag as its page shows it. `by_therapist`: by the client's own therapist or who covers: they read more."""

    flag: Flag
    title: str
    answers: list[Answer]
    steps: list[FlagStep]
    contact: EmergencyContact | None
    by_therapist: bool
    is_late: bool

    @property
    def call(self) -> list[str]:
        """The number they asked to be called at, and when it suits."""
        return [line for line in str(self.flag.call_words).splitlines() if line]


def flags_for(therapist: Person, clients: Collection[UUID] | None = None) -> list[Line]:
    """Everything open that a therapist may look at: the most pressing first, then what is due soonest.

    `clients`: who theirs are, where that is known already.
    """
    now = timezone.now()
    flags = Flag.objects.of_reader(therapist, now).open().select_related("client", "owner", "acknowledged_by")
    mine = set(clients_of(therapist)) if clients is None else clients
    return [Line(flag, flag.client_id in mine, now) for flag in flags.order_by("-level", "due_at", "id")]


def unseen(lines: Iterable[Line]) -> list[Line]:
    """What nobody has looked at yet."""
    return [line for line in lines if line.flag.state == Flag.State.OPEN]


@contextmanager
def flag_list(therapist: Person) -> Iterator[list[Line]]:
    """The list leaves one line in the reader's own log; opening a flag is on the list that its client sees."""
    with open_caseload(by=therapist):
        yield flags_for(therapist)


@contextmanager
def open_flag(flag_id: UUID, *, by: Person, why: str) -> Iterator[tuple[Record, Flag]]:
    """The record of a flag's client, as far as the flag opens it. 404 for one that isn't theirs to look at."""
    flags = Flag.objects.of_reader(by, timezone.now()).select_related("client", "owner", "acknowledged_by", "closed_by")
    flag = get_object_or_404(flags, pk=flag_id)
    with open_record(flag.client, by=by, why=why, standing_in=True) as record:
        yield record, flag


def opened(record: Record, flag: Flag) -> Opened:
    return Opened(
        flag=flag,
        title=rule(flag.key).title,
        answers=answers_in(flag),
        steps=list(FlagStep.objects.filter(flag=flag, client=record.client).select_related("by")),
        contact=EmergencyContact.objects.filter(client=record.client).first(),
        by_therapist=record.opens(Part.CHECK_INS),
        is_late=flag.state == Flag.State.OPEN and flag.due_at <= timezone.now(),
    )


def _is_open(record: Record, _: Span) -> "QuerySet[Any, Any]":
    return Flag.objects.readable_in(record).open().values_list("id")


is_open = Asked(_is_open)


def flags_in(record: Record) -> list[Line]:
    """What is open in a record, the most pressing first. Mostly nothing is, and that is asked by a question built once."""
    now = timezone.now()
    if not is_open(record, Span(now, now + SINCE), 1):
        return []
    flags = Flag.objects.readable_in(record).open().select_related("owner", "acknowledged_by")
    return [Line(flag, True, now) for flag in flags.order_by("-level", "due_at", "id")]


def closed_in(record: Record) -> list[Line]:
    """What was closed in the last three months and how, newest first: for the brief."""
    now = timezone.now()
    flags = Flag.objects.readable_in(record).filter(state="closed", closed_at__gt=now - SINCE).select_related("closed_by")
    return [Line(flag, True, now) for flag in flags.order_by("-closed_at")]
