"""`manage.py remind --once`: claims and sends what is due, once, without Celery."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from koru.reminders.check_in_notes import plan_check_ins
from koru.reminders.sending import send_due
from koru.reminders.ticking import record_tick


class Command(BaseCommand):
    help = "Claims and sends the letters that are due, once, and says how many went out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", required=True, help="send what is due and end")

    def handle(self, *args: object, **options: object) -> None:
        record_tick()
        plan_check_ins()
        sent = send_due()
        self.stdout.write(f"{sent} letter{'' if sent == 1 else 's'} sent.")
