"""Handing over: the last look at a letter, under its lock, and the mark that it is on its way."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from koru.people.models import Clinic
from koru.sealing.envelope import CannotOpen

from . import claiming
from .channels import Channel, HandOver
from .gathering import gathered_again, others
from .judging import TOO_LATE, TOO_MANY, Drop, PutOff, judged
from .looking import look
from .mailing import Post
from .models import Letter
from .rerouting import by_mail_instead

log = logging.getLogger(__name__)
UNWRITABLE = (KeyError, ValueError, CannotOpen)
HANDED = """
UPDATE reminders_letter
SET handed_at = now(), attempts = attempts + 1, lease_until = now() + %s * interval '1 second', mail_id = %s
WHERE id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Handed:
    """What goes out, by `over`, in one mail."""

    letters: list[UUID]
    over: HandOver


@transaction.atomic
def hand(letter: Letter, worker: UUID, channel: Channel, clinic: Clinic, *, crowded: bool = False) -> Handed | None:
    """Lock a claimed letter, look whether it goes now, write it, and mark it handed over. None: it doesn't go now.

    `crowded`: its reader has more that is due, which goes in the same mail.
    """
    looked = _going(gathered_again(letter, worker) if letter.mail_id else [letter], worker)
    if looked and crowded and letter.mail_id is None:
        looked += _going(others(letter, worker), worker)
    if not looked:
        return None
    going, over = _prepared([one for one, _ in looked], channel, clinic, looked[0][1])
    if over is None:
        return None
    ids = [one.pk for one in going]
    mail_id = letter.mail_id or (ids[0] if len(ids) > 1 else None)
    with connection.cursor() as cursor:
        cursor.execute(HANDED, [claiming.LEASE.total_seconds(), mail_id, ids])
    return Handed(ids, over)


def _going(letters: Sequence[Letter], worker: UUID) -> list[tuple[Letter, datetime]]:
    """Those that go now, with the moment. The rest is put off or withdrawn; what only might go earlier is let go of.

    A mail in doubt is put off as a whole: a copy without one of its letters would take that one's Message-ID along.
    """
    looked = [(one, standing, judged(standing)) for one in letters if (standing := look(one, worker))]
    off = next((verdict for _, _, verdict in looked if isinstance(verdict, PutOff)), None)
    going = []
    for one, standing, verdict in looked:
        if found := verdict or (off if one.mail_id else None):
            _not_now(one, found, early=one.due_at > standing.now)
        else:
            going.append((one, standing.now))
    return going


def _prepared(
    going: Sequence[Letter], channel: Channel, clinic: Clinic, now: datetime
) -> tuple[Sequence[Letter], HandOver | None]:
    """One mail of them. One that can't be written is given up, and the others go without it."""
    try:
        if len(going) > 1 and isinstance(channel, Post):
            return going, channel.prepared_together(going, clinic, now)
        return going, channel.prepared(going[0], clinic, now)
    except UNWRITABLE:
        kept = [one for one in going if _can_be_written(one, channel, clinic, now)]
        return _prepared(kept, channel, clinic, now) if kept else ((), None)


def _can_be_written(letter: Letter, channel: Channel, clinic: Clinic, now: datetime) -> bool:
    try:
        channel.prepared(letter, clinic, now)
    except UNWRITABLE:
        log.exception("a letter of kind %s can't be written", letter.kind)
        _set(letter, failed_at=Now(), failure="can't be written")
        return False
    return True


def _not_now(letter: Letter, verdict: PutOff | Drop, *, early: bool) -> None:
    if early and not letter.mail_id:
        _set(letter)
    elif isinstance(verdict, PutOff):
        _set(letter, try_at=verdict.until)
    else:
        _set(letter, withdrawn_at=Now(), withdrawn_why=f"in doubt, {verdict.why}" if letter.handed_at else verdict.why)
        if letter.channel == "text" and verdict.why in (TOO_LATE, TOO_MANY):
            by_mail_instead([letter.pk])  # a mail may go at hours and as often as a text may not


def _set(letter: Letter, **fields: object) -> None:
    """And let go of it."""
    Letter.objects.filter(pk=letter.pk).update(**fields, claimed_by=None, lease_until=None)
