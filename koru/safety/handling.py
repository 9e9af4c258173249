"""What a therapist or a clinical lead does with a flag. Pages open the record first; nothing closes by itself."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.reminders.planning import resume_asking, withdraw

from .flags import Flag, FlagStep
from .steps import just_noted, note_step
from .telling import LETTER, tell

What = FlagStep.What


class AlreadyClosed(ValueError):
    """Somebody has closed it meanwhile: it stays as it was closed."""


@neither
@transaction.atomic
def acknowledge(flag_id: UUID, *, by: Person) -> Flag:
    """Somebody has seen it: nobody else is told any more. Twice is once. Raises AlreadyClosed."""
    flag = _locked(flag_id)
    _see(flag, by)
    return flag


@neither
@transaction.atomic
def note_done(flag_id: UUID, outcome: str, note: str, *, by: Person) -> Flag:
    """What was done so far; it stays open. Sent twice it is once. Raises AlreadyClosed."""
    flag = _locked(flag_id)
    _see(flag, by)
    if not just_noted(flag, What.DONE, by, outcome, note):
        note_step(flag, What.DONE, by=by, outcome=outcome, note=note)
    return flag


@neither
@transaction.atomic
def close(flag_id: UUID, outcome: str, note: str, *, by: Person) -> Flag:
    """Done with it: what was done is part of closing. What rested because of it goes on. Raises AlreadyClosed."""
    flag = _locked(flag_id)
    _see(flag, by)
    flag.state, flag.outcome, flag.closed_by, flag.closed_at = Flag.State.CLOSED, outcome, by, timezone.now()
    flag.save(update_fields=["state", "outcome", "closed_by", "closed_at"])
    note_step(flag, What.CLOSED, by=by, outcome=outcome, note=note)
    resume_asking(flag.pk)
    return flag


@neither
@transaction.atomic
def hand_over(flag_id: UUID, to: Person, *, by: Person | None) -> Flag:
    """It is somebody else's now, who is told. `by` None: its owner is away or has left. Raises AlreadyClosed."""
    flag = _locked(flag_id)
    if flag.owner_id != to.pk:
        flag.owner = to
        flag.save(update_fields=["owner"])
        note_step(flag, What.HANDED, by=by)
        if flag.state == Flag.State.OPEN:
            tell(flag)
    return flag


def _locked(flag_id: UUID) -> Flag:
    flag: Flag = Flag.objects.select_for_update(of=("self",)).select_related("client").get(pk=flag_id)
    if not flag.is_open:
        raise AlreadyClosed
    return flag


def _see(flag: Flag, by: Person) -> None:
    if flag.state != Flag.State.OPEN:
        return
    flag.state, flag.acknowledged_by, flag.acknowledged_at = Flag.State.ACKNOWLEDGED, by, timezone.now()
    flag.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
    note_step(flag, What.ACKNOWLEDGED, by=by)
    withdraw(flag.pk, "seen", [LETTER])
