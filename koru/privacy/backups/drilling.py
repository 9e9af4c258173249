"""A restore beside the running database: another one on the same server, by a process of its own, thrown away afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from .programs import Failed


@contextmanager
def beside() -> Iterator[str]:
    """The name of an empty database, there for the block. Needs the right to make one."""
    name = f"koru_drill_{token_hex(4)}"
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def address(name: str) -> str:
    """That of another database on the same server."""
    given = connection.settings_dict
    who = quote(given["USER"]) + (":" + quote(given["PASSWORD"], safe="") if given["PASSWORD"] else "")
    more = {key: value for key, value in given["OPTIONS"].items() if key.startswith("ssl")}
    where = {"host": given["HOST"], **({"port": given["PORT"]} if given["PORT"] else {})}
    return f"postgresql://{who}@/{name}?{urlencode({**where, **more})}"


def restored(folder: Path, name: str) -> str:
    """What `restore` says there. Raises Failed with its words when it doesn't say yes."""
    command = [sys.executable, str(settings.KORU_ROOT / "manage.py"), "restore", str(folder)]
    given = {**os.environ, "DATABASE_URL": address(name)}
    ended = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Failed(ended.stderr.strip().splitlines()[-1] if ended.stderr.strip() else "The restore failed.")
    return ended.stdout.strip()
