"""Two independent readers of calendar files, each saying what it found in the same words: icalendar's, and ical's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """One event as a reader understands it."""

    uid: str
    sequence: int
    starts: datetime
    lasts: timedelta
    title: str
    status: str


def by_icalendar(file: bytes) -> list[Read]:
    return [
        Read(str(one["UID"]), int(one["SEQUENCE"]), one.start, one.end - one.start, str(one["SUMMARY"]), str(one["STATUS"]))
        for one in Calendar.from_ical(file).walk("VEVENT")
    ]


def by_ical(file: bytes) -> list[Read]:
    return [
        Read(
            one.uid,
            one.sequence or 0,
            _instant(one.dtstart),
            one.computed_duration,
            one.summary or "",
            one.status.value if one.status else "",
        )
        for one in IcsCalendarStream.calendar_from_ics(file.decode()).events
    ]


def agreed(file: bytes) -> list[Read]:
    """What both readers find, which is the same."""
    found = by_icalendar(file)
    assert by_ical(file) == found
    return found


def is_well_formed(file: bytes) -> bool:
    """Lines end in CRLF and are folded at 75 octets (RFC 5545, 3.1)."""
    return b"\n" not in file.replace(b"\r\n", b"") and max(map(len, file.split(b"\r\n"))) <= 75 and file.endswith(b"\r\n")


def _instant(at: object) -> datetime:
    assert isinstance(at, datetime)
    return at
