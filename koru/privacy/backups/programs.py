"""PostgreSQL's own programs, on the database that Koru is configured for."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

NAMES = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}


class Failed(RuntimeError):
    """A program is missing or ended badly: says which, and its own last words."""


def found(program: str) -> str | None:
    """Where it is: in KORU_PG_PROGRAMS when that is set, else on PATH."""
    return shutil.which(program, path=settings.KORU_PG_PROGRAMS or None)


def run(program: str, *words: str) -> None:
    """To its end. The password goes by the environment, never on the command line. Raises Failed."""
    where = found(program)
    if where is None:
        raise Failed(f"{program} is not here: install PostgreSQL's client programs, or set KORU_PG_PROGRAMS to their folder.")
    ended = subprocess.run([where, *words], env=reaching(), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise Failed(f"{program} failed: {reason(ended.stderr)}")


def reason(said: str) -> str:
    """The line that names the error; those after it may show what was in a row."""
    lines = said.strip().splitlines() or ["it gave no reason"]
    return next((line for line in lines if "error:" in line.lower()), lines[0])[:400]


def reaching() -> dict[str, str]:
    """What the programs need to reach the database: libpq's own names, without the pages' time limits."""
    given: dict[str, Any] = connection.settings_dict
    own = {name: str(given[key]) for name, key in NAMES.items() if given[key]}
    secure = {f"PG{key.upper()}": str(value) for key, value in given["OPTIONS"].items() if key.startswith("ssl")}
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(Path.home()), "LC_ALL": "C", **own, **secure}
