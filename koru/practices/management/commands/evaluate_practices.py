from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from koru.practices import library, states
from koru.practices.evaluating import by_weeks, evaluate


class Command(BaseCommand):
    help = "Replays made-up clients and prints how often the best-fitting practice is in the first three. Reads no record."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clients", type=int, default=200)
        parser.add_argument("--days", type=int, default=28)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clients"] < 1 or options["days"] < 1:
            raise CommandError("Some clients and some days are needed: one of each at least.")
        practices = list(library.load().practices.values())
        asked = {name: options[name] for name in ("clients", "days", "seed")}
        counts = evaluate(practices, states.load(), **asked)
        self.stdout.write(f"Best-fitting among the first three, {asked['clients']} clients, seed {asked['seed']}")
        self.stdout.write("week   rules  popular  chance")
        for week, one in by_weeks(counts):
            self.stdout.write(f"{week:4}  {one.share('rules'):5.1%}  {one.share('popular'):6.1%}  {one.share('chance'):6.1%}")
