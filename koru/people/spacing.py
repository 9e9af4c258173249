"""Seeing each other less: a therapist proposes how far apart two meetings lie, and only the client's yes makes it stand.

A wish to come sooner undoes it at once. Nothing of the record is touched by either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.moments.questions import Together

from .spacings import SPACINGS, SoonerAsk, Spacing, end, hold
from .stages import CannotSet, Stage, check_therapist

if TYPE_CHECKING:
    from .models import Person


class Waits(ValueError):
    """Within a day of a session nothing new is agreed to: it is asked again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__("waits")
        self.at = at


@dataclass(frozen=True, slots=True)
class Agreed:
    """The stage that stands, and since when."""

    name: str
    weeks: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Proposed:
    id: UUID
    weeks: int
    monthly: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Where:
    """Where the two are, what is proposed, and since when the client has asked to come sooner."""

    stage: Agreed | None
    proposed: Proposed | None
    asked_at: datetime | None


def about_where(client: "Person") -> "Sequence[QuerySet[Any, Any]]":
    return (
        Stage.objects.now().filter(client=client).values_list("name", "weeks", "since"),
        Spacing.objects.open()
        .filter(client=client)
        .values_list("id", "weeks", "monthly", "proposed_by__display_name", "proposed_at"),
        SoonerAsk.objects.filter(client=client, seen_at=None).values_list("at"),
    )


together = Together(about_where)


def where_of(client: "Person") -> Where:
    """One query."""
    return where_from(together(client))


def where_from(answers: Sequence[list[Any]]) -> Where:
    stages, spacings, asks = answers
    return Where(
        stage=Agreed(*stages[0]) if stages else None,
        proposed=Proposed(*spacings[0]) if spacings else None,
        asked_at=asks[0][0] if asks else None,
    )


@neither
@transaction.atomic
def propose(weeks: int, *, client: "Person", monthly: bool = False, by: "Person") -> None:
    """Propose so many weeks between two meetings. Nothing changes until the client's yes; what stands already is no proposal.

    Raises CannotSet for another spacing, and when `by` is not the client's therapist now.
    """
    if weeks not in SPACINGS:
        raise CannotSet("Pick one of those shown.")
    check_therapist(client, by)
    hold(client)
    where = where_of(client)
    if where.stage and where.stage.weeks == weeks:
        end(client, Spacing.How.CHANGED)
        return
    if where.proposed and (where.proposed.weeks, where.proposed.monthly) == (weeks, monthly):
        return
    end(client, Spacing.How.CHANGED)
    Spacing.objects.create(client=client, weeks=weeks, monthly=monthly, proposed_by=by, proposed_at=timezone.now())


@narrows
@transaction.atomic
def take_back(*, client: "Person", by: "Person") -> bool:
    """By a therapist of theirs: it isn't proposed any more. Whether something was."""
    check_therapist(client, by)
    hold(client)
    return end(client, Spacing.How.BACK)


@narrows
@transaction.atomic
def rather_talk(spacing_id: UUID, *, by: "Person") -> bool:
    """Let's talk about it: nothing changes. Whether it was open."""
    hold(by)
    return end(by, Spacing.How.TALK, pk=spacing_id)


@widens
@transaction.atomic
def agree(spacing_id: UUID, *, waits: datetime | None, by: "Person") -> Spacing | None:
    """The client's yes: from now on it stands. None for what isn't proposed any more.

    `waits`: when something may be agreed to again after a session (scheduling.resting), None for now. Raises Waits.
    """
    hold(by)
    row: Spacing | None = Spacing.objects.open().filter(client=by, pk=spacing_id).select_related("proposed_by").first()
    if row is None or not row.proposed_by.caseload.current().filter(client=by).exists():
        return None
    if waits:
        raise Waits(waits)
    end(by, Spacing.How.AGREED)
    now = timezone.now()
    Stage.objects.now().filter(client=by).update(until=now)
    stage = {"name": Stage.Name.MAINTENANCE, "weeks": row.weeks, "since": now, "set_by": row.proposed_by}
    Stage.objects.create(client=by, agreed=row, **stage)
    return row


@narrows
@transaction.atomic
def ask_sooner(*, by: "Person") -> SoonerAsk | None:
    """They would like to meet sooner: what was agreed about meeting less stands no more. None when it was asked already."""
    hold(by)
    end(by, Spacing.How.TALK)
    now = timezone.now()
    Stage.objects.now().filter(client=by, name=Stage.Name.MAINTENANCE).update(until=now)
    if SoonerAsk.objects.filter(client=by, seen_at=None).exists():
        return None
    return SoonerAsk.objects.create(client=by, at=now)


@neither
@transaction.atomic
def take_note(*, client: "Person", by: "Person") -> bool:
    """A therapist of theirs has seen that they would like to come sooner. Whether that was open."""
    check_therapist(client, by)
    return bool(SoonerAsk.objects.filter(client=client, seen_at=None).update(seen_at=timezone.now(), seen_by=by))
