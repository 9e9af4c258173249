"""Making a copy, a file at a time: each is whole or not there, so a worker that dies costs the file it was at."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from koru.privacy.exports import KEPT
from koru.privacy.models import Export, ExportPiece
from koru.reminders.planning import Plan, Recipient, plan
from koru.sealing.keyring import keyring

from .asking import LETTER, let_go
from .gathering import Gathering, names

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 5
PIECE = 200_000  # characters sealed at once: memory stays the same, however long the record is
AT_A_TIME = 20

CLAIM = """
UPDATE privacy_export SET claimed_by = %s, lease_until = now() + %s * interval '1 second', attempts = attempts + 1
WHERE id = (
    SELECT id FROM privacy_export WHERE state = 'asked' AND (lease_until IS NULL OR lease_until < now())
    ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING id
"""


class Lost(Exception):
    """Somebody else has it by now, or it was let go."""


def make_copies() -> int:
    """Make what waits, one after the other. How many were made."""
    made = 0
    for _ in range(AT_A_TIME):
        worker = uuid4()
        export_id = claim(worker)
        if export_id is None:
            break
        made += make(export_id, worker)
    return made


def claim(worker: UUID) -> UUID | None:
    """Take the copy that has waited longest for two minutes. Nobody else takes it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [worker, LEASE.total_seconds()])
        row = cursor.fetchone()
    return row[0] if row else None


def make(export_id: UUID, worker: UUID) -> bool:
    """Go on from where it stands to its end. Whether it is ready; one that fails five times is given up."""
    try:
        with keyring():
            while part_made(export_id, worker):
                """The next one."""
    except Lost:
        return False
    except Exception:
        log.exception("a copy could not be made")
        _put_back(export_id, worker)
        return False
    return True


@transaction.atomic
def part_made(export_id: UUID, worker: UUID) -> bool:
    """Make the next file, or finish. Whether there is more to do. Raises Lost."""
    export = Export.objects.select_for_update().filter(pk=export_id, claimed_by=worker, state=Export.State.ASKED).first()
    if export is None:
        raise Lost
    gathering = Gathering.of(export.client) if export.whole is None else Gathering(export.client, export.whole)
    wanted = names()
    if export.done < len(wanted):
        _keep(export, wanted[export.done], gathering.written(wanted[export.done]))
        export.whole, export.done, export.of = gathering.whole, export.done + 1, len(wanted)
        export.lease_until = timezone.now() + LEASE
        export.save(update_fields=["whole", "done", "of", "lease_until"])
        return True
    _finish(export)
    return False


def _keep(export: Export, name: str, text: Iterable[str]) -> None:
    for number, words in enumerate(pieces(text)):
        ExportPiece.objects.create(export=export, client=export.client, name=name, number=number, words=words)


def pieces(text: Iterable[str], about: int = PIECE) -> Iterator[str]:
    """The same text in stretches of about one size."""
    held: list[str] = []
    size = 0
    for part in text:
        held.append(part)
        size += len(part)
        if size >= about:
            yield "".join(held)
            held, size = [], 0
    if size:
        yield "".join(held)


def _finish(export: Export) -> None:
    now = timezone.now()
    export.state, export.ready_at, export.expires_at = Export.State.READY, now, now + KEPT
    export.claimed_by = export.lease_until = None
    export.save(update_fields=["state", "ready_at", "expires_at", "claimed_by", "lease_until"])
    context = {"path": "/settings/export/"}
    plan([Plan(LETTER, Recipient.of(export.client), export.pk, not_after=export.expires_at, context=context)])


@transaction.atomic
def _put_back(export_id: UUID, worker: UUID) -> None:
    """For the next tick; after five times it is given up, and its client reads so."""
    mine = Export.objects.select_for_update().filter(pk=export_id, claimed_by=worker, state=Export.State.ASKED).first()
    if mine and mine.attempts >= MOST_ATTEMPTS:
        ExportPiece.objects.filter(export=mine).delete()
        Export.objects.filter(pk=mine.pk).update(state=Export.State.FAILED, claimed_by=None, lease_until=None)


@transaction.atomic
def let_old_ones_go(now: datetime) -> int:
    """Copies whose day is over. They can't be taken along by then, whether this ran or not. How many."""
    over = list(Export.objects.filter(state=Export.State.READY, expires_at__lte=now).select_for_update(skip_locked=True))
    for export in over:
        let_go(export)
    return len(over)
