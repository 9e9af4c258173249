"""Another data key for one client, after a suspected leak: all that is theirs is sealed again.

The old key is retired at once, so that what is written from now on is sealed with the new one. It stays until nothing
lies under it, and at least ten minutes: a request or job that began before may still write with it. Each blob is exchanged only
where it is still the one that was read, so whoever writes meanwhile wins. Stopped in the middle, the next run goes on with
the same key.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from .columns import Column, columns
from .envelope import CannotOpen, Place, key_of, seal, unseal
from .fields import Blob
from .keks import current_kek, wrap
from .keyring import key_for, key_named, keyring
from .models import DataKey
from .tombstones import NO_NEW_KEY_MEANWHILE

BATCH = 200
STAYS = timedelta(minutes=10)  # longer than any request (30 s) or job (300 s) lives

# What speaks up at an update, though the words stay the same: rows that are written once.
GUARDS = """
    SELECT tgname FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O' AND (tgtype & 16) > 0
"""


@dataclass
class Resealed:
    """What a run did: blobs sealed anew, blobs that don't open and stay as they are, keys that wait, keys destroyed."""

    blobs: int = 0
    unopened: int = 0
    waiting: int = 0
    destroyed: int = 0


def reseal(owner: UUID) -> Resealed:
    """Seal all of an owner's blobs under a new data key, or go on where a former run stopped."""
    retired, done = retire(owner), Resealed()
    with keyring():
        for column in columns():
            for batch in batches(column, owner, retired):
                exchange(column, owner, batch, done)
    forget(owner, done)
    return done


@transaction.atomic
def retire(owner: UUID) -> list[UUID]:
    """The ids of the keys that are given up; the live one joins them unless a former run has left some."""
    with connection.cursor() as cursor:
        cursor.execute(NO_NEW_KEY_MEANWHILE, [str(owner)])  # in the order of `bury`, against deadlocks
    rows = list(DataKey.objects.select_for_update().filter(owner=owner))
    live = [row for row in rows if row.retired_at is None]
    left = [row.pk for row in rows if row.retired_at is not None]
    if left or not live:
        return left
    DataKey.objects.filter(pk=live[0].pk).update(retired_at=timezone.now())
    kek = current_kek()
    DataKey.objects.create(owner=owner, wrapped=wrap(os.urandom(32), owner, kek), kek_id=kek)
    return [live[0].pk]


def batches(column: Column, owner: UUID, retired: Iterable[UUID]) -> Iterator[list[Any]]:
    """The keys of the rows that lie under a retired key, some at a time. Those that come later are the next run's."""
    keys = list(column.under(owner, retired).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def exchange(column: Column, owner: UUID, keys: list[Any], done: Resealed) -> None:
    with transaction.atomic(), unguarded(column.model):
        for pk, blob, place in column.blobs(column.rows_of(owner).filter(pk__in=keys)):
            fresh = sealed_again(blob, owner, place)
            if fresh is None:
                done.unopened += 1
                continue
            same = column.model._base_manager.filter(**{"pk": pk, column.name: Blob(blob)})
            done.blobs += same.update(**{column.name: Blob(fresh)})


def sealed_again(blob: bytes, owner: UUID, place: Place) -> bytes | None:
    key_id, key = key_for(owner)
    try:
        return seal(unseal(blob, key_named(key_of(blob)), place), key, key_id, place)
    except CannotOpen:
        return None


@contextmanager
def unguarded(model: type[Model]) -> Iterator[None]:
    """Rows that are written once keep their words, and get another blob. Nobody else writes to the table meanwhile."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(GUARDS, [table])
        guards = [row[0] for row in cursor.fetchall()]
        turn(cursor, table, "DISABLE", guards)
        yield
        turn(cursor, table, "ENABLE", guards)


def turn(cursor: Any, table: str, verb: str, guards: list[str]) -> None:
    quote = connection.ops.quote_name
    if guards:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {quote(table)} " + ", ".join(f"{verb} TRIGGER {quote(name)}" for name in guards))


@transaction.atomic
def forget(owner: UUID, done: Resealed) -> None:
    """Destroy the retired keys that nothing lies under and that nobody can still be holding."""
    retired = DataKey.objects.select_for_update().filter(owner=owner, retired_at__isnull=False)
    for row in retired.annotate(old=Q(retired_at__lte=timezone.now() - STAYS)):
        if not row.old or any(column.under(owner, [row.pk]).exists() for column in columns()):
            done.waiting += 1
        else:
            row.delete()
            done.destroyed += 1
