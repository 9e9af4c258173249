"""The databases of the tests: copied from one that is migrated already, and emptied by row rather than by file.

Migrating takes as long as some hundred tests. It is done once for each state of the migrations, of the SQL and the content
that they read, and of the packages; each run, and each of its workers, begins with a copy.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from psycopg2 import sql

ROOT = Path(__file__).parent.parent
READ_BY_MIGRATIONS = ("*/migrations/*.py", "*.sql", "content/**/*.toml")
MADE_ONCE = {"django_content_type", "auth_permission"}  # of the models, not of a test
ONE_AT_A_TIME = 7_305_113

EMPTY = """
DO $do$ DECLARE one text; filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY {tables} LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', one); END IF;
    END LOOP;
END $do$
"""


def sql_flush(_style: Any, tables: list[str], **_: Any) -> list[str]:
    """In the place of TRUNCATE, which makes some six hundred files anew: rows go where there are rows, triggers at rest."""
    connection.ensure_connection()
    named = sql.SQL("ARRAY[{}]").format(sql.SQL(", ").join(map(sql.Literal, sorted({*tables} - MADE_ONCE))))
    return [sql.SQL(EMPTY).format(tables=named).as_string(connection.connection)] if tables else []


def state() -> str:
    """A name for all that a migrated database follows from."""
    told = hashlib.sha256()
    found = {path for room in ("koru", "journaling", "moodtracking", "scheduling") for path in read_in(ROOT / room)}
    for path in sorted([*found, *ROOT.glob("requirements/*.txt")]):
        told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def read_in(room: Path) -> Iterator[Path]:
    for pattern in READ_BY_MIGRATIONS:
        yield from room.rglob(pattern)


def migrated() -> str:
    """The name of a migrated database that nobody connects to; made if it isn't there. Others wait meanwhile."""
    name = f"koru_migrated_{state()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")  # as long as the other one takes
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'koru\\_migrated\\_%%'")
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            make(cursor, name)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return name


def make(cursor: Any, name: str) -> None:
    """Under another name until it is whole: a run that is cut off leaves nothing that is taken for it."""
    unfinished = "koru_migrated_unfinished"
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    with connected_to(unfinished):
        call_command("migrate", verbosity=0, interactive=False)
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    told = connections["default"].settings_dict
    before = told["NAME"]
    connection.close()
    told["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        told["NAME"] = before
