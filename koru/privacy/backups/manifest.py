"""What a backup says of itself: its files by their sums, its rows by table, and the access log's newest anchor."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg2 import sql

NAME = "manifest.json"
DATA, KEYS = "data.dump", "keys.dump"
TABLES = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition
    ORDER BY relname
"""
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
LEFT_OUT = ("django_session", "usersessions_usersession")  # who reads a session's key is signed in


class NotWhole(Exception):
    """A backup, or what was restored from it, isn't what its manifest says."""


@dataclass(frozen=True)
class Manifest:
    made_at: str
    files: dict[str, str]
    rows: dict[str, int]
    migrations: list[str]
    anchor: int
    digest: str
    left_out: list[str]

    def write(self, folder: Path) -> None:
        """Last of all, and whole or not at all: a folder without it holds no backup."""
        draft = folder / f"{NAME}.new"
        draft.write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n")
        draft.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """Raises NotWhole where there is none, or one that can't be read."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text()))
    except FileNotFoundError as failure:
        raise NotWhole(f"{folder} holds no {NAME}: no backup was finished there.") from failure
    except (ValueError, TypeError, UnicodeDecodeError) as failure:
        raise NotWhole(f"{folder / NAME} can't be read.") from failure


def sum_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def check_files(manifest: Manifest, places: dict[str, Path]) -> None:
    """Raises NotWhole for a file that is missing or another one."""
    for name, folder in places.items():
        if not (folder / name).is_file():
            raise NotWhole(f"{folder / name} is missing.")
        if sum_of(folder / name) != manifest.files.get(name):
            raise NotWhole(f"{folder / name} is not the file that was backed up: its sum is another.")


def rows_by_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        return {table: counted(cursor, table) for table in tables}


def counted(cursor: Any, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(cursor.fetchone()[0])


def migrations_applied() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(MIGRATIONS)
        return [row[0] for row in cursor.fetchall()]
