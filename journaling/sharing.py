"""The three levels of sharing, and when more of it has to wait (clinical.md 10.1). Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduling.phases import DosingSession

ONLY_ME = "only_me"
THERAPIST = "my_therapist"
BRING = "bring_to_session"
LEVELS = (ONLY_ME, THERAPIST, BRING)
SHARED = (THERAPIST, BRING)
WAIT = timedelta(hours=24)


def widens(was: str, becomes: str) -> bool:
    """Whether somebody could read it who could not before. Bringing what is shared already tells nobody more."""
    return was not in SHARED and becomes in SHARED


def waits_until(sessions: Iterable[DosingSession], now: datetime) -> datetime | None:
    """Until when sharing more is kept as a wish: a day after the end of a dosing session; None: it acts at once.

    A session that is running counts from the end it is expected to have.
    """
    asked_again = ((session.end(now) or session.booked_end) + WAIT for session in sessions if session.starts <= now)
    latest = max(asked_again, default=now)
    return latest if latest > now else None
