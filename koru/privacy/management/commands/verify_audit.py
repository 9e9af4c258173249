from typing import Any

from django.core.management.base import BaseCommand, CommandError

from koru.privacy.audit import broken_chains, rows_checked


class Command(BaseCommand):
    help = "Checks the chain of the access log. Says which record's chain is broken, and where; changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = broken_chains()
        if broken:
            raise CommandError("\n".join(f"The chain of {client} is broken at row {seq}." for client, seq in broken))
        if options["verbosity"]:
            self.stdout.write(f"{rows_checked()} rows, every chain whole.")
