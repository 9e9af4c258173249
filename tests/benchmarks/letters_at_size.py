"""A hundred thousand due letters on two workers, beside two that claim alone; and how late they go at ten thousand a minute.

The lateness is read from the outbox, as the desk's page reads it, and set beside the ninety seconds that are promised.
"""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from koru.reminders.lateness import lateness
from koru.reminders.models import Letter
from tests.faults.processes import ROOT, surroundings
from tests.people import make_clinic

from .letters import again, due, sink
from .measuring import Result, at_least, at_most, seconds

LETTERS, A_MINUTE, WORKERS = 100_000, 10_000, 2
AT_ONCE, PROMISED = 10_000, 90.0


def worked(what: str, port: int, folder: Path) -> float:
    """Seconds until two workers, set up before, have done all that there is."""
    given = surroundings(port, folder, PYTHONPATH=os.pathsep.join((str(ROOT), *sys.path)))
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "letter_worker.py"), what]
    workers = [_worker(command, given) for _ in range(WORKERS)]
    for worker in workers:
        if worker.stdout is None or worker.stdout.readline() != "ready\n":
            raise RuntimeError("a worker did not come up")
    return seconds(lambda: _go(workers))


def _go(workers: list[subprocess.Popen[str]]) -> None:
    """All at once, and until the last is done."""
    for worker in workers:
        if worker.stdin is not None:
            worker.stdin.write("go\n")
            worker.stdin.flush()
    for worker in workers:
        worker.communicate()
        if worker.returncode:
            raise RuntimeError("a worker broke")


def _worker(command: list[str], given: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=ROOT, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def two_workers() -> Result:
    """Rates a second."""
    make_clinic()
    Letter.objects.all().delete()
    for _ in range(LETTERS // AT_ONCE):
        due(AT_ONCE)
    with sink() as port, TemporaryDirectory() as folder:
        claims = worked("claim", port, Path(folder))
        again()
        sends = worked("send", port, Path(folder))
    _all_sent()
    return at_least("letters-two-workers", "letters/s", LETTERS / sends, LETTERS / claims, 0.5)


def late() -> Result:
    """Seconds from due to handed over of 99 of 100, when ten thousand fall due evenly within a minute."""
    make_clinic()
    Letter.objects.all().delete()
    due(A_MINUTE)
    _spread()
    with sink() as port, TemporaryDirectory() as folder:
        worked("send", port, Path(folder))
    _all_sent()
    return at_most("letters-late", "s", lateness(timedelta(hours=1)).nearly_all or 0.0, PROMISED, 1.0)


def _spread() -> None:
    """Due one after another from ten seconds ahead on, a minute long."""
    first, step = timezone.now() + timedelta(seconds=10), timedelta(minutes=1) / A_MINUTE
    rows = list(Letter.objects.values_list("pk", flat=True))
    letters = [Letter(pk=row, due_at=first + number * step, try_at=first + number * step) for number, row in enumerate(rows)]
    Letter.objects.bulk_update(letters, ["due_at", "try_at"], batch_size=1000)


def _all_sent() -> None:
    if Letter.objects.filter(sent_at=None).exists():
        raise RuntimeError("not every letter was sent: there would be nothing to measure")
