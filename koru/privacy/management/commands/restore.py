"""`manage.py restore DIR`: a backup into an empty database, proved step by step; only the last line says yes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from koru.privacy.backups.manifest import NotWhole
from koru.privacy.backups.programs import Failed
from koru.privacy.backups.restoring import Backup, restore


class Command(BaseCommand):
    help = "Restores a backup into an empty database and proves it. Nobody may be let in before it has said yes."
    requires_system_checks = []  # there is nothing to check yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--keys", type=Path, metavar="DIR", help="where the key table was put")
        parser.add_argument("--tombstones", type=Path, metavar="DIR", help="where tombstones were written since")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        backup = Backup(folder, options["keys"] or folder / "keys", options["tombstones"] or Path(settings.KORU_TOMBSTONES))
        try:
            for step in restore(backup):
                self.stdout.write(step)
        except (NotWhole, Failed) as failure:
            raise CommandError(f"Not restored: {failure} Nobody may be let in.") from failure
        self.stdout.write("Yes: restored and proved. Koru may start.")
