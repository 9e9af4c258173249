"""`manage.py verify_audit`: the chains of the access log, their anchors, and digests that were kept elsewhere."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from koru.privacy.anchoring import changed_anchors, knows, lost_rows
from koru.privacy.audit import broken_chains, rows_checked


class Command(BaseCommand):
    help = "Checks the access log's chains and their anchors. Says which record's chain is broken, and where; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--digest", action="append", default=[], metavar="HEX", help="of an anchor, as a log line or backup has kept it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(complaints(options.get("digest") or []))
        if found:
            raise CommandError("\n".join(found))
        if options["verbosity"]:
            self.stdout.write(f"{rows_checked()} rows, every chain whole.")


def complaints(digests: list[str]) -> Iterator[str]:
    broken: dict[UUID, int] = {}
    for client, seq in (*broken_chains(), *lost_rows()):
        broken[client] = min(seq, broken.get(client, seq))
    yield from (f"The chain of {client} is broken at row {seq}." for client, seq in broken.items())
    yield from (f"Anchor {number} is not what it was." for number in changed_anchors())
    yield from (f"No anchor has the digest {digest}: one was taken away." for digest in digests if not knows(digest))
