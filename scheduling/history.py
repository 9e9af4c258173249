"""What was done with an appointment, by whom and when, in words for the people of the clinic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.ui.times import short_day, spoken_time

from .models import Appointment, AppointmentChange

What = AppointmentChange.What
REASONS = {
    "client_asked": "the client asked",
    "therapist_away": "the therapist is away",
    "room": "the room isn't free",
    "unwell": "somebody wasn't well",
    "clinic": "a reason of the clinic",
    "complete": "it was complete",
    "late": "it was too late to begin",
    "way_home": "there was no way home",
}
REAL = {
    What.ARRIVED: ("Here at {became}", "Here at {became}, not at {was}", "Not here after all"),
    What.STARTED: ("Began at {became}", "Began at {became}, not at {was}", "Not begun after all"),
    What.ENDED: ("Ended at {became}", "Ended at {became}, not at {was}", "Not ended after all"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is empty for a visitor's own deed."""

    words: str
    who: str
    at: datetime


def history_of(appointment: Appointment, zone: ZoneInfo) -> list[Line]:
    """All of it, oldest first. One query. A client's own reasons stay theirs: the desk needs times, not reasons."""
    changes = appointment.changes.select_related("by").order_by("at", "id")
    return [Line(_words(one, appointment, zone), str(one.by or ""), one.at) for one in changes]


def _words(change: AppointmentChange, appointment: Appointment, zone: ZoneInfo) -> str:
    by_client = change.by_id is None or change.by_id == appointment.client_id
    reason = "" if by_client else REASONS.get(change.reason, "")
    return "".join(_parts(change, reason, zone))


def _parts(change: AppointmentChange, reason: str, zone: ZoneInfo) -> Iterator[str]:
    what = What(change.what)
    if what in REAL:
        yield _real(change, zone)
    elif what == What.MISSED:
        yield "It took place after all" if change.reason == "undone" else "It did not take place"
    elif what == What.MOVED:
        yield f"Moved from {_instant(change.was, zone)} to {_instant(change.became, zone)}"
    else:
        yield f"{what.label}, {_instant(change.became or change.was, zone)}"
    if reason:
        yield f": {reason}"


def _real(change: AppointmentChange, zone: ZoneInfo) -> str:
    first, corrected, taken_back = REAL[What(change.what)]
    said = {"was": _clock(change.was, zone), "became": _clock(change.became or change.at, zone)}
    if change.was and change.became is None:
        return taken_back
    return (corrected if change.was else first).format(**said)


def _clock(at: datetime | None, zone: ZoneInfo) -> str:
    return spoken_time(at.astimezone(zone)) if at else ""


def _instant(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{short_day(at.astimezone(zone).date())}, {_clock(at, zone)}" if at else ""
