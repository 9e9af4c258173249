"""Loads many invented clients, for trying Koru at size."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from koru.desk.seeding.bulk import is_there, load

MOST_CLIENTS, MOST_YEARS = 20_000, 20


class Command(BaseCommand):
    help = "Loads so many invented clients who came within so many years; the same for the same seed and moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=200)
        parser.add_argument("--years", type=float, default=1)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=datetime.fromisoformat, help="the moment histories end, with zone; default: now")

    def handle(self, *args: Any, **options: Any) -> None:
        clients, years, seed = options["clients"], options["years"], options["seed"]
        until = options["until"] or timezone.now()
        if not 0 < clients <= MOST_CLIENTS or not 0 < years <= MOST_YEARS or until.tzinfo is None:
            raise CommandError(f"Up to {MOST_CLIENTS} clients and {MOST_YEARS} years; a moment needs its zone.")
        if is_there(seed):
            print(f"Seed {seed} is loaded already.")
            return
        begun = time.monotonic()
        made = load(clients, years, seed, until)
        took = time.monotonic() - begun
        print(f"{made.clients} clients, {made.check_ins} check-ins, {made.entries} entries in {took:.1f} s.")
