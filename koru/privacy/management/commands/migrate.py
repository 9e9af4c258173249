"""Django's own, with time limits: a migration that waits for a lock would hold up everybody behind it."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

LIMITS = "SET lock_timeout = '2s'; SET statement_timeout = '60s'"
AS_BEFORE = "RESET lock_timeout; RESET statement_timeout"


class Command(Migrate):
    help = f"{Migrate.help} Gives up after two seconds without a lock; run it again then."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute(LIMITS)
        try:
            super().handle(*args, **options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute(AS_BEFORE)
