from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from journaling.writing import purge


class Command(BaseCommand):
    help = "Remove for good the entries that their writers deleted more than thirty days ago. Safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge(timezone.now())
        self.stdout.write(f"{count} deleted entries are gone for good.")
