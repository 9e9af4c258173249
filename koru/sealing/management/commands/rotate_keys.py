"""`manage.py rotate_keys`: all data keys under the practice's first key; `--data CLIENT`: one client under a new data key."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from koru.sealing.keks import current_kek
from koru.sealing.resealing import reseal
from koru.sealing.rotating import rewrap, under_which


class Command(BaseCommand):
    help = "Wraps every data key under the practice's first key, and says how many sit under which. Can be stopped and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=UUID, metavar="CLIENT", help="seal all that is this client's with a new data key")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["data"]:
            self.reseal(options["data"])
        else:
            self.rewrap()

    def rewrap(self) -> None:
        counts = list(rewrap())
        done, unopened = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
        self.stdout.write(f"{done} data keys wrapped anew.")
        for kek, number in under_which().items():
            self.stdout.write(f"{number} under {kek}" + (" (the first)" if kek == current_kek() else ""))
        if unopened:
            raise CommandError(f"{unopened} data keys open under none of the configured keys and were left as they are.")

    def reseal(self, owner: UUID) -> None:
        done = reseal(owner)
        self.stdout.write(f"{done.blobs} sealed anew, {done.destroyed} former keys destroyed.")
        if done.waiting:
            self.stdout.write("A former key stays ten minutes for whoever writes right now. Run this again then.")
        if done.unopened:
            raise CommandError(f"{done.unopened} don't open and were left as they are.")
