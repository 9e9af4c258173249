"""When a calendar file says that its owner is busy. Pure, and run in a process of its own (reading_apart.py).

All-day and floating times are by the owner's own clock. What is transparent, cancelled or Koru's own isn't busy.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from koru.moments.walltime import instant_of

Stretch = tuple[datetime, datetime]
OWN = "@koru"  # of scheduling.calendar: a therapist's feed comes back through the calendar that it was added to
MOST_EVENTS, MOST_RULES, MOST_SPANS = 10_000, 2_000, 20_000
WITHIN_A_DAY = {"SECONDLY", "MINUTELY", "HOURLY"}
TIMES_A_DAY = 24
MARGIN = timedelta(days=2)
MEMORY = 1 << 30


class TooMuch(ValueError):
    """More than a calendar of a person holds, or repeats more often than days do."""


class NoCalendar(ValueError):
    """Not a calendar file."""


def busy_stretches(file: bytes, zone: ZoneInfo, start: datetime, end: datetime) -> list[Stretch]:
    """Joined and in order, cut to the window. Raises TooMuch, NoCalendar."""
    words = file.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    _within_bounds(words.split("\n"))
    found: list[Stretch] = []
    for event in _occurrences(file, start, end):
        if _is_busy(event) and (stretch := _stretch(event, zone)):
            found.append((max(stretch[0], start), min(stretch[1], end)))
        if len(found) > MOST_SPANS:
            raise TooMuch
    return joined(found)


def joined(stretches: list[Stretch]) -> list[Stretch]:
    made: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _within_bounds(lines: list[str]) -> None:
    """Before anything is expanded: also the rules of a VTIMEZONE are, as it is read."""
    if not lines[0].lstrip("\ufeff").strip().upper().startswith("BEGIN:VCALENDAR"):
        raise NoCalendar
    rules = [line.partition(":")[2].upper() for line in lines if line[:5].upper() == "RRULE"]
    events = sum(line.strip().upper() == "BEGIN:VEVENT" for line in lines)
    if events > MOST_EVENTS or len(rules) > MOST_RULES or any(map(_is_restless, rules)):
        raise TooMuch


def _is_restless(rule: str) -> bool:
    parts = dict(part.split("=", 1) for part in rule.strip().split(";") if "=" in part)
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(parts.get(name, "").split(","))
    return parts.get("FREQ", "").strip() in WITHIN_A_DAY or times > TIMES_A_DAY


def _occurrences(file: bytes, start: datetime, end: datetime) -> Iterator[Component]:
    try:
        calendar = Calendar.from_ical(file)
        asked = recurring_ical_events.of(calendar, skip_bad_series=True)
        yield from asked.between(start.astimezone(UTC) - MARGIN, end.astimezone(UTC) + MARGIN)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as oddity:
        raise NoCalendar from oddity


def _is_busy(event: Component) -> bool:
    says = {name: str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")}
    free = says["TRANSP"] == "TRANSPARENT" or says["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
    return not (free or says["STATUS"] == "CANCELLED" or str(event.get("UID", "")).endswith(OWN))


def _stretch(event: Component, zone: ZoneInfo) -> Stretch | None:
    start, end = _instant(event.start, zone), _instant(event.end, zone)
    return (start, end) if start < end else None


def _instant(at: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        return instant_of(at, time(0), zone)
    return at.astimezone(UTC) if at.tzinfo else instant_of(at.date(), at.time(), zone)


def main() -> None:
    """From stdin a line with bounds, zone and window, then the file; to stdout the stretches, or why there are none."""
    seconds, zone, start, end = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = busy_stretches(
            sys.stdin.buffer.read(), ZoneInfo(zone), datetime.fromisoformat(start), datetime.fromisoformat(end)
        )
    except (TooMuch, MemoryError):
        json.dump("too big", sys.stdout)
    except NoCalendar:
        json.dump("no calendar", sys.stdout)
    else:
        json.dump([[start.isoformat(), end.isoformat()] for start, end in found], sys.stdout)


if __name__ == "__main__":
    main()
