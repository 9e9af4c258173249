"""`manage.py backup DIR`: a consistent backup; `--keys DIR` puts the key table in another place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from koru.privacy.backups.making import back_up
from koru.privacy.backups.manifest import NotWhole
from koru.privacy.backups.programs import Failed


class Command(BaseCommand):
    help = "Writes a backup into a new folder: the data, the keys apart, and a manifest to prove a restore by."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--keys", type=Path, metavar="DIR", help="where the key table goes: a place of its own")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, keys = options["folder"], options["keys"] or options["folder"] / "keys"
        try:
            made = back_up(folder, keys)
        except (NotWhole, Failed) as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"{sum(made.rows.values())} rows in {folder}, their keys in {keys}: keep the two apart.")
        self.stdout.write(f"Anchor {made.anchor} of the access log: {made.digest or 'none yet'}.")
