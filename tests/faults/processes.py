"""Processes of Koru on the database of the running test, with mail to a sink of the test's own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def surroundings(port: int, home: Path, **more: str) -> dict[str, str]:
    """What a process is started with: the demo's settings, over the test's database, Valkey and key."""
    database = connection.settings_dict
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "koru.settings.demo",
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "REDIS_URL": settings.CACHES["default"]["LOCATION"],
        "KORU_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "KORU_KEK": "dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=",
        "KORU_HOME": str(home),
        "KORU_LOG_LEVEL": "WARNING",
        **more,
    }


def started(words: list[str], given: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=given, stdout=out, stderr=out, start_new_session=True)


@contextmanager
def running(words: list[str], given: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the time of the block; killed at its end, whatever it does."""
    process = started(words, given, log)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def remind_once(given: dict[str, str]) -> int:
    """`manage.py remind --once`, to its end: its exit code."""
    command = [sys.executable, "manage.py", "remind", "--once"]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, timeout=60, check=False).returncode
