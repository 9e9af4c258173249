"""Restoring a backup into an empty database, and proving it before anybody is let in.

In this order: the files' sums; the rows of each table; migrations of a newer release; the files of tables and indexes
(pg_amcheck); the access log against the anchor that the manifest has kept; tombstones of those who were erased since; one
sealed row of every client opened. Only who reaches the end may say yes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from koru.privacy.complaints import complaints
from koru.sealing.opening import one_of_each
from koru.sealing.starting import missing_keks
from koru.sealing.tombstones import buried, bury, forget_for_good

from . import programs
from .manifest import DATA, KEYS, Manifest, NotWhole, check_files, migrations_applied, read, rows_by_table

UNLIMITED = "SET statement_timeout = 0; SET lock_timeout = 0"
AMCHECK = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True)
class Backup:
    """Where its two halves lie, and where the tombstones do that were written since."""

    folder: Path
    keys: Path
    tombstones: Path


def restore(backup: Backup) -> Iterator[str]:
    """Says step by step what has been proved. Raises NotWhole or programs.Failed at the first thing that isn't so."""
    manifest = read(backup.folder)
    check_files(manifest, {DATA: backup.folder, KEYS: backup.keys})
    yield f"The files are those of {manifest.made_at}."
    refuse_unless_it_fits(manifest)
    load(backup)
    yield counted(manifest)
    yield from brought_up_to_date(manifest)
    yield files_checked()
    yield audited(manifest)
    yield applied(buried(backup.tombstones))
    yield opened()


def refuse_unless_it_fits(manifest: Manifest) -> None:
    unlimited()
    if rows_by_table():
        raise NotWhole("The database is not empty: a backup goes into a new one.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise NotWhole(f"The backup is of another release, which has {newer[0]}: restore with that one.")


def unlimited() -> None:
    """What is proved here may take longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute(UNLIMITED)


def load(backup: Backup) -> None:
    """The schema and the data, then the keys: each in one transaction, so that a stop in between leaves none of it half."""
    words = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    database = f"--dbname={connection.settings_dict['NAME']}"
    programs.run("pg_restore", *words, database, str(backup.folder / DATA))
    programs.run("pg_restore", *words, "--data-only", database, str(backup.keys / KEYS))


def counted(manifest: Manifest) -> str:
    there = rows_by_table()
    tables = sorted({*there, *manifest.rows})
    if odd := [one for one in tables if there.get(one) != manifest.rows.get(one)]:
        raise NotWhole(f"Not all rows are there: {odd[0]} has {there.get(odd[0])}, it had {manifest.rows.get(odd[0])}.")
    return f"{sum(there.values())} rows in {len(there)} tables, as many as there were."


def brought_up_to_date(manifest: Manifest) -> Iterator[str]:
    call_command("migrate", interactive=False, verbosity=0)
    unlimited()
    if more := len(migrations_applied()) - len(manifest.migrations):
        yield f"{more} migrations of this release applied."


def files_checked() -> str:
    """Needs a superuser for its extension: a managed database lets nobody do it, and says what it checks itself."""
    with connection.cursor() as cursor:
        cursor.execute(AMCHECK)
        (may,) = cursor.fetchone()
    if not may or programs.found("pg_amcheck") is None:
        return "pg_amcheck was not run: it needs a superuser and the program."
    programs.run("pg_amcheck", "--install-missing", connection.settings_dict["NAME"])
    return "pg_amcheck found nothing wrong."


def audited(manifest: Manifest) -> str:
    if found := list(complaints([manifest.digest] if manifest.digest else [])):
        raise NotWhole(" ".join(found))
    return "The access log is whole, up to the anchor that the backup kept."


def applied(tombstones: dict[UUID, datetime]) -> str:
    """Whoever was erased after the backup was made is erased from it too: their keys, then what isn't sealed."""
    for client, at in tombstones.items():
        bury(client, at)
    if tombstones:
        forget_for_good()
        call_command("erase_client", buried=True, stdout=StringIO())
    return f"{len(tombstones)} tombstones applied."


def opened() -> str:
    if missing := missing_keks(connection):
        raise NotWhole(f"KORU_KEK and KORU_KEK_FILE don't hold {', '.join(sorted(missing))}: nothing opens without.")
    found = one_of_each()
    if found.shut:
        raise NotWhole(f"{len(found.shut)} clients' words don't open, {found.shut[0]}'s among them.")
    return f"One sealed row each of {found.opened} opened."
