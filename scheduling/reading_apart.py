"""Reading a calendar that somebody else wrote, in a process of its own: however it is made, it can't hold up a worker.

A rule that repeats each day since the year 1 takes fourteen seconds to expand, and a file may hold thousands: so the
process has a bound on its time at the processor and on its memory, and is gone afterwards.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from koru.moments.spans import Span

from .fetching import Unread, Why

ROOT = Path(__file__).resolve().parents[1]
SECONDS, PATIENCE = 10, 60
READER = (sys.executable, "-m", "scheduling.reading_busy")


def busy_in(file: bytes, zone: str, window: Span, seconds: int = SECONDS) -> list[Span]:
    """When the file says that its owner is busy. Raises Unread when it can't be read within bounds."""
    asked = json.dumps([seconds, zone, window.start.isoformat(), window.end.isoformat()]).encode() + b"\n"
    try:
        done = subprocess.run(READER, input=asked + file, capture_output=True, timeout=PATIENCE, cwd=ROOT, check=False)
    except subprocess.TimeoutExpired as late:
        raise Unread(Why.TOO_BIG) from late
    if done.returncode < 0:  # ended by its bounds
        raise Unread(Why.TOO_BIG)
    if done.returncode:
        raise Unread(Why.NO_CALENDAR)
    found = json.loads(done.stdout)
    if isinstance(found, str):
        raise Unread(Why(found))
    return [Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in found]
