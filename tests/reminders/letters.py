"""Letters to test with."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import Plan, Recipient

STARTS = "2026-12-01T16:00:00+00:00"
ENDS = "2026-12-01T18:30:00+00:00"
EVERYTHING = {
    "starts": STARTS,
    "ends": ENDS,
    "before": "2026-11-30T16:00:00+00:00",
    "until": "2026-12-08T16:00:00+00:00",
    "where": "Fern room, 12 Example Street",
    "how": "by phone",
    "path": "/sessions/",
    "change_path": "/sessions/",
    "calendar_path": "/sessions/calendar.ics",
    "call_path": "/hello/",
    "busy_path": "/hello/",
    "days": "14",
    "count": "3",
    "minutes": "4 minutes",
}


def planned(kind: str, to: Person, **fields: Any) -> Plan:
    fields.setdefault("about", uuid4())
    fields.setdefault("context", EVERYTHING)
    return Plan(kind=kind, to=Recipient.of(to), **fields)


def due_letter(to: Person | None, kind: str = "appointment-booked", **fields: Any) -> Letter:
    """A row that is due now, as if planned a moment ago."""
    if to and "zone" in fields:
        to.zone = fields["zone"]
        to.save(update_fields=["zone"])
    moment: datetime = fields.pop("due_at", timezone.now() - timedelta(seconds=1))
    defaults = {"address": "", "zone": to.zone if to else "America/New_York", "about": new_id(), "context": EVERYTHING}
    row = {**defaults, "due_at": moment, "try_at": moment, "dedupe_key": str(uuid4()), **fields}
    return Letter.objects.create(kind=kind, to=to, **row)


def state(letter: Letter) -> str:
    """How a letter stands, in a word or two."""
    letter.refresh_from_db()
    if letter.withdrawn_at:
        return letter.withdrawn_why
    if letter.failed_at:
        return f"failed: {letter.failure}"
    return "sent" if letter.sent_at else "waits"
