"""Several letters to one reader, due within an hour, as one mail: which go together, and how they stay together.

Each row keeps its own truth. The mail's Message-ID is that of the row that leads (`mail_id` on all of them), so a copy of it
carries the same; what is in doubt goes again together, with whoever of them has still something to say.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from . import claiming
from .kinds import kind, load
from .models import Letter

# By letters_of_a_reader, over the few days in which something due may still wait.
CROWDED = """
SELECT to_id FROM reminders_letter
WHERE to_id = ANY(%s) AND channel = 'mail' AND kind = ANY(%s)
    AND due_at > now() - interval '2 days' AND due_at <= now() + interval '1 hour'
    AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL AND handed_at IS NULL AND mail_id IS NULL
GROUP BY to_id HAVING count(*) > 1
"""
OTHERS = """
UPDATE reminders_letter SET claimed_by = %s, lease_until = now() + %s * interval '1 second'
WHERE id IN (
    SELECT id FROM reminders_letter
    WHERE to_id = %s AND id <> %s AND channel = 'mail' AND due_at > now() - interval '2 days'
        AND (due_at <= now() AND kind = ANY(%s) OR due_at <= now() + interval '1 hour' AND kind = ANY(%s))
        AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL AND handed_at IS NULL AND mail_id IS NULL
        AND (attempts = 0 OR try_at <= now())
        AND (lease_until IS NULL OR lease_until < now() OR claimed_by = %s)
    FOR UPDATE SKIP LOCKED
)
RETURNING id
"""
# Locked in one order, so that two workers with one letter of it each don't wait for each other.
WHOLE = """
SELECT id, claimed_by = %s AND lease_until > now() FROM reminders_letter
WHERE mail_id = %s AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL ORDER BY id FOR UPDATE
"""
TAKE = "UPDATE reminders_letter SET claimed_by = %s, lease_until = now() + %s * interval '1 second' WHERE id = ANY(%s)"


def crowded_readers(letters: Iterable[Letter]) -> frozenset[UUID]:
    """Which of their readers have more than one due within the hour. One query, none when nobody can."""
    readers = {one.to_id for one in letters if one.to_id and kind(one.kind).together and one.mail_id is None}
    if not readers:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(CROWDED, [list(readers), _kinds("early", "when-due")])
        return frozenset(row[0] for row in cursor.fetchall())


def others(letter: Letter, worker: UUID) -> list[Letter]:
    """What may go in the mail of this letter, locked and claimed with it; what somebody else holds stays theirs."""
    if not kind(letter.kind).together:
        return []
    kinds = [_kinds("when-due"), _kinds("early")]
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [worker, claiming.LEASE.total_seconds(), letter.to_id, letter.pk, *kinds, worker])
        found = [row[0] for row in cursor.fetchall()]
    return _loaded(found)


def gathered_again(letter: Letter, worker: UUID) -> list[Letter]:
    """A mail in doubt: all of its letters, locked and claimed, the one that led first. Empty: somebody else has them."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [worker, letter.mail_id])
        mine = dict(cursor.fetchall())
        if not mine.get(letter.pk):
            return []
        cursor.execute(TAKE, [worker, claiming.LEASE.total_seconds(), list(mine)])
    return sorted(_loaded(mine), key=lambda one: (one.pk != letter.mail_id, one.due_at, one.pk))


def in_one_mail(letter: Letter) -> list[Letter]:
    """All that went with it, itself among them."""
    if letter.mail_id is None:
        return [letter]
    return list(Letter.objects.filter(mail_id=letter.mail_id).select_related("to").order_by("due_at", "pk"))


def _loaded(ids: Iterable[UUID]) -> list[Letter]:
    return list(Letter.objects.filter(pk__in=list(ids)).select_related("to").order_by("due_at", "pk"))


def _kinds(*ways: str) -> list[str]:
    return [one.name for one in load().values() if one.together in ways]
