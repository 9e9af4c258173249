"""The list of benchmarks, each on the same fresh database."""

import sys
from collections.abc import Callable

from django.db import connection
from django.test.utils import setup_test_environment

from . import letters, open_times, pages, timeline
from .measuring import Result, tell

BENCHMARKS: dict[str, Callable[[], Result]] = {
    "today": pages.today,
    "open-times": open_times.open_times,
    "timeline-reading": timeline.reading,
    "timeline-page": pages.timeline_page,
    "letters": letters.letters,
}


def run(names: list[str]) -> None:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for chosen in names or BENCHMARKS:
            tell(BENCHMARKS[chosen]())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
