"""Ten thousand due letters claimed and sent to an SMTP server on this machine, by one process, beside two baselines.

"letters-claimed" sets them beside the claim alone, which commits once for twenty letters and writes no words.
"letters" sets them beside what no sender that keeps the protocol can leave out: the claim, then for each letter its lock
and `handed_at` in one commit and `sent_at` in another, as plain SQL without words, look at the reader or mail.
"""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from koru.reminders.claiming import LEASE, claim
from koru.reminders.handing import HANDED
from koru.reminders.models import Letter
from koru.reminders.sending import SENT, send_due
from tests.people import make_clinic
from tests.reminders.letters import EVERYTHING

from .measuring import Result, at_least, seconds

LETTERS = 10_000
TURNS = 5
LOCK = "SELECT FROM reminders_letter WHERE id = %s AND claimed_by = %s AND sent_at IS NULL FOR UPDATE"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """A mail server that takes everything and keeps nothing, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def due(number: int) -> None:
    now = timezone.now()
    Letter.objects.bulk_create(
        Letter(
            kind="appointment-booked",
            address=f"visitor{one}@example.org",
            zone="America/New_York",
            about=uuid4(),
            context={**EVERYTHING, "first_name": "Demo"},
            due_at=now,
            try_at=now,
            dedupe_key=str(uuid4()),
        )
        for one in range(number)
    )


def claimed() -> None:
    worker = uuid4()
    while claim(worker):
        pass


def carried() -> None:
    """Each letter claimed, marked handed over and marked sent, in the commits of the protocol."""
    worker = uuid4()
    with connection.cursor() as cursor:
        while batch := claim(worker):
            for letter in batch:
                with transaction.atomic():
                    cursor.execute(LOCK, [letter, worker])
                    cursor.execute(HANDED, [LEASE.total_seconds(), None, [letter]])
                cursor.execute(SENT, [[letter]])


def again() -> None:
    Letter.objects.update(claimed_by=None, lease_until=None, handed_at=None, sent_at=None, attempts=0)


def letters() -> tuple[Result, ...]:
    """Rates a second, in turns of two thousand."""
    make_clinic()
    claims = carries = sends = 0.0
    with sink() as port, override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        for _ in range(TURNS):
            Letter.objects.all().delete()
            due(LETTERS // TURNS)
            claims += seconds(claimed)
            again()
            carries += seconds(carried)
            again()
            sends += seconds(lambda: send_due(LETTERS))
            if Letter.objects.filter(sent_at=None).exists():
                raise RuntimeError("not every letter was sent: there would be nothing to measure")
    rate = LETTERS / sends
    return (
        at_least("letters", "letters/s", rate, LETTERS / carries, 0.5),
        at_least("letters-claimed", "letters/s", rate, LETTERS / claims, 0.5),
    )
