from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from journaling.attachments import adding
from journaling.writing import purge


class Command(BaseCommand):
    help = "Remove for good what its writers deleted or took out more than thirty days ago. Safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge(timezone.now())
        self.stdout.write(f"{count} deleted entries are gone for good.")
        taken_out = adding.purge(timezone.now())
        self.stdout.write(f"{taken_out} recordings and pictures that were taken out are gone for good.")
