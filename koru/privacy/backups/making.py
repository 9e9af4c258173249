"""Making a backup: data and keys of one instant, in two files for two places."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from koru.privacy.anchoring import anchor_heads, newest_anchor
from koru.sealing.models import DataKey

from . import programs
from .manifest import DATA, KEYS, LEFT_OUT, Manifest, NotWhole, migrations_applied, rows_by_table, sum_of

# The dumps may take longer than a page may, and the transaction that holds the instant is idle meanwhile.
ONE_INSTANT = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)


def back_up(folder: Path, keys: Path) -> Manifest:
    """Write a backup into two folders that are new or empty (they may be the same). Raises NotWhole, or programs.Failed."""
    make_ready(folder, keys)
    anchor_heads()
    with one_instant() as snapshot:
        table = f"public.{DataKey._meta.db_table}"
        left_out = [f"--exclude-table-data=public.{name}" for name in (*LEFT_OUT, DataKey._meta.db_table)]
        dump(folder / DATA, snapshot, *left_out)
        dump(keys / KEYS, snapshot, "--data-only", f"--table={table}")
        rows, newest = rows_by_table(), newest_anchor()
        done = migrations_applied()
    files = {DATA: sum_of(folder / DATA), KEYS: sum_of(keys / KEYS)}
    kept = {table: 0 if table in LEFT_OUT else number for table, number in rows.items()}
    manifest = Manifest(timezone.now().isoformat(), files, kept, done, newest.number, newest.digest, list(LEFT_OUT))
    manifest.write(folder)
    return manifest


def make_ready(*folders: Path) -> None:
    """All are asked before any is made: one may lie in another."""
    for folder in folders:
        if folder.exists() and any(folder.iterdir()):
            raise NotWhole(f"{folder} is not empty: each backup goes into a folder of its own.")
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def one_instant() -> Iterator[str]:
    """The name of a snapshot that holds for the block; what is asked within is of the same instant."""
    with transaction.atomic(), connection.cursor() as cursor:
        for words in ONE_INSTANT:
            cursor.execute(words)
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        yield snapshot


def dump(file: Path, snapshot: str, *words: str) -> None:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    programs.run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}", *words
    )
