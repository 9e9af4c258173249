"""`manage.py bounced < notice`: for the mail server to pipe into what comes back to Koru's own address."""

import sys

from django.core.management.base import BaseCommand

from koru.reminders.bouncing import read, record

MOST = 1_000_000  # bytes: a notice returns headers, or one of our own mails


class Command(BaseCommand):
    help = "Reads a mail server's notice of a mail that came back, and marks its letters for the desk."

    def handle(self, *args: object, **options: object) -> None:
        notice = read(sys.stdin.buffer.read(MOST))
        number = record(notice) if notice else 0
        self.stdout.write(f"{number} letter{'' if number == 1 else 's'} marked as come back.")
