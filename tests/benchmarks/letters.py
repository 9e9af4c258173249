"""Ten thousand due letters claimed and sent to an SMTP server on this machine, beside claiming alone."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone

from koru.reminders.claiming import claim
from koru.reminders.models import Letter
from koru.reminders.sending import send_due
from tests.people import make_clinic
from tests.reminders.letters import EVERYTHING

from .measuring import Result, at_least, seconds

LETTERS = 10_000
TURNS = 5
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


def letters() -> Result:
    """Rates a second, in turns of two thousand."""
    make_clinic()
    claims = sends = 0.0
    with sink() as port, override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        for _ in range(TURNS):
            Letter.objects.all().delete()
            due(LETTERS // TURNS)
            claims += seconds(claimed)
            Letter.objects.update(claimed_by=None, lease_until=None)
            sends += seconds(lambda: send_due(LETTERS))
            if Letter.objects.filter(sent_at=None).exists():
                raise RuntimeError("not every letter was sent: there would be nothing to measure")
    return at_least("letters", "letters/s", LETTERS / sends, LETTERS / claims, 0.5)
