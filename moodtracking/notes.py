"""When sharing the note of a check-in has to wait."""

from datetime import datetime, timedelta

from django.utils import timezone

from koru.people.models import Person
from scheduling.sessions import dosing_sessions

WAIT = timedelta(hours=24)


def sharing_waits_until(client: Person) -> datetime | None:
    """Sharing more waits until a day after a dosing session's end (clinical.md 10.1); None: it acts at once."""
    now = timezone.now()
    begun = (session for session in dosing_sessions(client) if session.starts <= now)
    latest = max(((session.end(now) or session.booked_end) + WAIT for session in begun), default=now)
    return latest if latest > now else None
