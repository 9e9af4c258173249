"""`manage.py verify_audit`: the chains of the access log, their anchors, and digests that were kept elsewhere."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from koru.privacy.audit import rows_checked
from koru.privacy.complaints import complaints, complaints_about


class Command(BaseCommand):
    help = "Checks the access log's chains and their anchors. Says which record's chain is broken, and where; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--digest", action="append", default=[], metavar="HEX", help="of an anchor, as a log line or backup has kept it"
        )
        parser.add_argument("--client", type=UUID, help="only the chain of this client's record")

    def handle(self, *args: Any, **options: Any) -> None:
        one = options.get("client")
        found = complaints_about(one) if one else list(complaints(options.get("digest") or []))
        if found:
            raise CommandError("\n".join(found))
        if options["verbosity"]:
            self.stdout.write(f"{rows_checked()} rows, every chain whole.")
