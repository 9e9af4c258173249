"""`manage.py drill`: a backup made now and restored beside the database that is running, then thrown away."""

import time
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from koru.privacy.backups.drilling import beside, restored
from koru.privacy.backups.making import back_up
from koru.privacy.backups.manifest import NotWhole
from koru.privacy.backups.programs import Failed


class Command(BaseCommand):
    help = (
        "Backs up, restores into a database of its own beside this one, proves it, and throws both away. Says how long it took."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--in", dest="place", type=Path, metavar="DIR", help="where the backup lies meanwhile")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        with TemporaryDirectory(prefix="drill-", dir=options["place"]) as made:
            folder = Path(made) / "backup"
            try:
                back_up(folder, folder / "keys")
                done = time.monotonic()
                with beside() as name:
                    self.stdout.write(restored(folder, name))
            except (NotWhole, Failed) as failure:
                raise CommandError(str(failure)) from failure
        self.stdout.write(f"Backed up in {done - began:.1f} s, restored and proved in {time.monotonic() - done:.1f} s.")
