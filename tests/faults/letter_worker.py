"""A process that sends what is due, over and over, until it is killed. Its leases are short, so that tests needn't wait."""

import sys
import time
from datetime import timedelta

import django

LEASE = timedelta(seconds=2)


def work() -> None:
    django.setup()
    from koru.reminders import claiming, sending

    claiming.LEASE = LEASE
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        sending.send_due()
        time.sleep(0.02)


if __name__ == "__main__":
    work()
