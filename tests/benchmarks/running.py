"""The list of benchmarks, each on the same fresh database.

Without Django's test environment: its instruments in each template are no part of what is measured.
"""

import sys
from collections.abc import Callable

from django.db import connection

from . import booking, desk, letters, letters_at_size, noticing, open_times, pages, practices, searching, timeline
from .measuring import Result, tell

BENCHMARKS: dict[str, Callable[[], Result | tuple[Result, ...]]] = {
    "today": pages.today,
    "open-times": open_times.open_times,
    "open-times-large": open_times.open_times_large,
    "booking": booking.under_contention,
    "timeline-reading": timeline.reading,
    "timeline-page": pages.timeline_page,
    "letters": letters.letters,
    "letters-two-workers": letters_at_size.two_workers,
    "letters-late": letters_at_size.late,
    "trends-page": noticing.trends_page,
    "check-in": noticing.submit,
    "search": searching.search,
    "desk-day": desk.desk_day,
    "recommend": practices.choosing,
}


def run(names: list[str]) -> None:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for chosen in names or BENCHMARKS:
            told = BENCHMARKS[chosen]()
            for result in told if isinstance(told, tuple) else (told,):
                tell(result)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
