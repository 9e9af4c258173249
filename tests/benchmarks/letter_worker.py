"""A worker of the benchmarks of letters: set up, it says "ready", waits for a line, and works until nothing is left ahead."""

import sys
import time
from uuid import uuid4


def work(what: str) -> None:
    import django

    django.setup()
    from koru.reminders.claiming import claim
    from koru.reminders.models import Letter
    from koru.reminders.sending import send_due

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if what == "claim":
        worker = uuid4()
        while claim(worker):
            pass
        return
    while Letter.objects.waiting().exists():
        if not send_due(5000):
            time.sleep(0.1)


if __name__ == "__main__":
    work(sys.argv[1])
