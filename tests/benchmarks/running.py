"""The list of benchmarks, each on the same fresh database.

Without Django's test environment: its instruments in each template are no part of what is measured.
"""

import sys
from collections.abc import Callable

from django.db import connection

from . import (
    booking,
    caseload,
    desk,
    letters,
    letters_at_size,
    noticing,
    open_times,
    pages,
    practices,
    searching,
    timeline,
    timeline_at_size,
)
from .measuring import Result, tell

BENCHMARKS: dict[str, Callable[[], Result | tuple[Result, ...]]] = {
    "today": pages.today,
    "open-times": open_times.open_times,
    "open-times-large": open_times.open_times_large,
    "booking": booking.under_contention,
    "timeline-reading": timeline.reading,
    "timeline-page": pages.timeline_page,
    "timeline-window": timeline_at_size.window,
    "caseload-200": caseload.two_hundred,
    "brief-page": pages.brief_page,
    "letters": letters.letters,
    "letters-two-workers": letters_at_size.two_workers,
    "letters-late": letters_at_size.late,
    "trends-page": noticing.trends_page,
    "check-in": noticing.submit,
    "search": searching.search,
    "desk-day": desk.desk_day,
    "recommend": practices.choosing,
}
# By name alone: they take minutes.
BY_NAME: dict[str, Callable[[], Result]] = {"timeline-window-at-size": timeline_at_size.window_at_size}


def run(names: list[str]) -> None:
    known = {**BENCHMARKS, **BY_NAME}
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for chosen in names or BENCHMARKS:
            told = known[chosen]()
            for result in told if isinstance(told, tuple) else (told,):
                tell(result)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
