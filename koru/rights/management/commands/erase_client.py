"""`manage.py erase_client ID`: by hand, without the wait. `--buried`: whoever has a tombstone, in a backup that was restored."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from koru.people.models import Person
from koru.privacy.models import LegalHold
from koru.rights.forgetting import erase_by_hand
from koru.sealing.tombstones import buried, forget_for_good


class Command(BaseCommand):
    help = "Erases a client for good, without a wait. Says whom by id; safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", type=UUID, nargs="?", help="id of the client")
        parser.add_argument("--buried", action="store_true", help="everybody who was erased before, after restoring a backup")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(buried()) if options["buried"] else [options["client"]]
        people = Person.objects.filter(pk__in=ids, role="client")
        if not options["buried"] and not people.exists():
            raise CommandError("There is no client with this id.")
        if not options["buried"] and LegalHold.objects.in_force().filter(client__in=people).exists():
            raise CommandError("A legal duty holds it up: the desk lifts it first.")
        for person in people:
            erase_by_hand(person.pk)
            self.stdout.write(f"{person.pk} is erased.")
        forget_for_good()
