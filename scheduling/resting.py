"""When more has to wait: for a day after a dosing session sharing, booking and consenting to more do (clinical.md 10.1)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.people.models import Person

from .due_times import quiet_day
from .phases import DosingSession
from .sessions import dosing_sessions

WAIT = timedelta(hours=24)


def waits_until(sessions: Iterable[DosingSession], now: datetime) -> datetime | None:
    """A day after the end of a dosing session; None: more acts at once. Pure.

    A session that is running counts from the end it is expected to have.
    """
    asked_again = ((session.end(now) or session.booked_end) + WAIT for session in sessions if session.starts <= now)
    latest = max(asked_again, default=now)
    return latest if latest > now else None


def waits_for(client: Person, now: datetime) -> datetime | None:
    """The same for one client. One query."""
    return waits_until(dosing_sessions(client), now)


def is_calm(sessions: Iterable[DosingSession], zone: ZoneInfo, now: datetime) -> bool:
    """From the start of a dosing session until the next morning, when nothing asks anything. Pure."""
    return any(quiet_day(session.starts, zone).holds(now) for session in sessions)
