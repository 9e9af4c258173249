"""Who may read the note of a check-in, and when sharing one has to wait."""

from datetime import datetime, timedelta

from django.utils import timezone

from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from scheduling.sessions import dosing_sessions

WAIT = timedelta(hours=24)


def note_is_readable(record: Record, note_share: str) -> bool:
    """Its writer reads it always, a therapist when it is shared with them."""
    if record.is_own:
        return True
    return note_share == "my_therapist" and record.opens(Part.SHARED_NOTES)


def sharing_waits_until(client: Person) -> datetime | None:
    """Sharing more waits until a day after a dosing session's end (clinical.md 10.1); None: it acts at once."""
    now = timezone.now()
    begun = (session for session in dosing_sessions(client) if session.starts <= now)
    latest = max(((session.end(now) or session.booked_end) + WAIT for session in begun), default=now)
    return latest if latest > now else None
