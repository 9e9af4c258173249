"""Koru doesn't start without the practice's keys: it would write under a new one, and read nothing of what is there."""

import sys

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .keks import keks

IN_USE = "SELECT DISTINCT kek_id FROM sealing_datakey"


def missing_keks(connection: BaseDatabaseWrapper) -> set[str]:
    """The practice's keys that data keys sit under and that are not configured. Raises DatabaseError without a database."""
    with connection.cursor() as cursor:
        cursor.execute(IN_USE)
        return {row[0] for row in cursor.fetchall()} - set(keks())


def what_is_missing() -> str | None:
    """One sentence, or none when all keys are here. A database that is away is for /readyz to tell."""
    connection = connections.create_connection("default")
    try:
        missing = missing_keks(connection)
    except DatabaseError:
        return None
    finally:
        connection.close()
    if not missing:
        return None
    return (
        f"data keys in the database sit under {', '.join(sorted(missing))}, which KORU_KEK and KORU_KEK_FILE don't hold. "
        "Bring the practice's key back from its second place."
    )


def refuse_without_keys() -> None:
    """Ends the process. By 3 gunicorn knows that another worker would fare no better; any other number it tries again."""
    if missing := what_is_missing():
        sys.stderr.write(f"Koru can't start: {missing}\n")
        sys.exit(3)
