"""Who was erased: the end of somebody's data keys, written down where no backup of the database can undo it.

A tombstone is an id and an instant, nothing else. It stands in a table, which keeps new keys from being made, and in a file
beside the backups, which whoever restores one applies (`bury` again, for each of `buried()`) before the door opens.
"""

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from .models import DataKey, Tombstone

FILE = "tombstones.jsonl"
NO_NEW_KEY_MEANWHILE = "SELECT pg_advisory_xact_lock(hashtextextended('grave:' || %s, 0))"


@transaction.atomic
def bury(client_id: UUID, at: datetime) -> None:
    """Destroy the data keys of an owner for good. Twice is once; `at` is aware, the first one stays.

    The file comes first: a database that fell over in between is asked again by whoever began, a backup never is.
    """
    with connection.cursor() as cursor:
        cursor.execute(NO_NEW_KEY_MEANWHILE, [str(client_id)])
    if client_id not in buried():
        write_down(client_id, at)
    Tombstone.objects.bulk_create([Tombstone(owner=client_id, at=at)], ignore_conflicts=True)
    DataKey.objects.filter(owner=client_id).delete()


def is_buried(owner: UUID) -> bool:
    return Tombstone.objects.filter(owner=owner).exists()


def write_down(client_id: UUID, at: datetime) -> None:
    """One line more, on the disk when this returns. A line that a crash cut short is closed first."""
    folder = Path(settings.KORU_TOMBSTONES)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({"client": str(client_id), "at": at.astimezone(UTC).isoformat()}) + "\n"
    with (folder / FILE).open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(line.encode() if _ends_whole(file.fileno()) else b"\n" + line.encode())
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(folder)


def buried(folder: Path | None = None) -> dict[UUID, datetime]:
    """Whom the file names, and since when. A line that was cut short says nothing: its deed is done again."""
    file = (folder or Path(settings.KORU_TOMBSTONES)) / FILE
    lines = file.read_bytes().splitlines() if file.exists() else []
    found: dict[UUID, datetime] = {}
    for one in filter(None, map(_read, lines)):
        found.setdefault(*one)
    return found


def forget_for_good() -> None:
    """After the transaction of `bury`: a deleted key lies in the table's file until it is written anew. Not inside one.

    FULL: a plain VACUUM gives the room back and leaves its bytes, as long as the same page holds a living row.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(DataKey._meta.db_table)}")


def _read(line: bytes) -> tuple[UUID, datetime] | None:
    try:
        row = json.loads(line)
        return UUID(str(row["client"])), datetime.fromisoformat(row["at"])
    except (ValueError, KeyError, TypeError):
        return None


def _ends_whole(file: int) -> bool:
    size = os.fstat(file).st_size
    return size == 0 or os.pread(file, 1, size - 1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """So that the file's own name is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
