"""Handing over: the last look at a letter, under its lock, and the mark that it is on its way."""

import logging
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from koru.people.models import Clinic
from koru.sealing.envelope import CannotOpen

from . import claiming
from .channels import Channel, HandOver
from .judging import Drop, PutOff, judged
from .looking import look
from .models import Letter

log = logging.getLogger(__name__)
HANDED = """
UPDATE reminders_letter SET handed_at = now(), attempts = attempts + 1, lease_until = now() + %s * interval '1 second'
WHERE id = %s
"""


@transaction.atomic
def hand(letter: Letter, worker: UUID, channel: Channel, clinic: Clinic) -> HandOver | None:
    """Lock a claimed letter, look whether it goes now, write it, and mark it handed over. None: it doesn't go now."""
    standing = look(letter, worker)
    if standing is None:
        return None
    verdict = judged(standing)
    if verdict:
        _not_now(letter, verdict)
        return None
    try:
        hand_over = channel.prepared(letter, clinic, standing.now)
    except (KeyError, ValueError, CannotOpen):
        log.exception("a letter of kind %s can't be written", letter.kind)
        _set(letter, failed_at=Now(), failure="can't be written")
        return None
    with connection.cursor() as cursor:
        cursor.execute(HANDED, [claiming.LEASE.total_seconds(), letter.pk])
    return hand_over


def _not_now(letter: Letter, verdict: PutOff | Drop) -> None:
    if isinstance(verdict, PutOff):
        _set(letter, try_at=verdict.until)
    else:
        _set(letter, withdrawn_at=Now(), withdrawn_why=f"in doubt, {verdict.why}" if letter.handed_at else verdict.why)


def _set(letter: Letter, **fields: object) -> None:
    """And let go of it."""
    Letter.objects.filter(pk=letter.pk).update(**fields, claimed_by=None, lease_until=None)
