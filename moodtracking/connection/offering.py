"""After which meetings a connection check-in is offered: those that were kept, with the therapist one works with now.

From the end of a meeting, after a dosing session from its second day on; never in the quiet day (clinical.md 4.6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from koru.moments.spans import local_day
from koru.people.models import Alliance, Person
from scheduling.models import Appointment
from scheduling.phases import ASSUMED_AFTER

from .models import ConnectionCheckIn

DAY_AFTER_DOSING = 2
FOR = timedelta(days=14)
COLUMNS = (
    "id",
    "kind_id",
    "kind__name",
    "during__startswith",
    "during__endswith",
    "started_at",
    "ended_at",
    "therapist__display_name",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A kept meeting that nothing has been said of."""

    id: UUID
    is_dosing: bool
    kind: str
    starts: datetime
    ends: datetime
    therapist: str

    def is_open(self, client: Person, now: datetime) -> bool:
        """Whether it may be asked about: in the client's own days."""
        if not self.is_dosing:
            return self.ends <= now
        zone = ZoneInfo(client.zone)
        day, today = (local_day(at, zone, client.day_starts) for at in (self.ends, now))
        return (today - day).days >= DAY_AFTER_DOSING


def about_meetings(client: Person, since: datetime) -> "QuerySet[Any, Any]":
    """Rows of meetings that ended after `since`, may have been kept, and have nothing said of them; newest first."""
    said = ConnectionCheckIn.objects.filter(client=client, appointment=OuterRef("pk"))
    return _meetings(client, since).filter(~Exists(said)).values_list(*COLUMNS)


def meetings_from(rows: Iterable[Any], client: Person, now: datetime) -> list[Meeting]:
    """By the answer to `about_meetings`: those that may be asked about now, newest first."""
    return [meeting for row in rows if (meeting := _meeting(row)).ends <= now and meeting.is_open(client, now)]


def meetings_of(client: Person, now: datetime) -> list[Meeting]:
    """Those of the last two weeks. One query."""
    return meetings_from(about_meetings(client, now - FOR), client, now)


def meeting_of(client: Person, meeting_id: UUID, now: datetime) -> Meeting | None:
    """That one, while it may be asked about, whether something was said of it or not."""
    rows = _meetings(client, now - FOR).filter(pk=meeting_id).values_list(*COLUMNS)
    return next(iter(meetings_from(rows, client, now)), None)


def _meetings(client: Person, since: datetime) -> "QuerySet[Any, Any]":
    works_with = Alliance.objects.current().filter(client=client, therapist=OuterRef("therapist"))
    rows = Appointment.objects.filter(client=client, state__in=("booked", "met"), during__endswith__gt=since)
    return rows.exclude(kind="consultation").filter(Exists(works_with)).order_by("-during", "pk")


def _meeting(row: Any) -> Meeting:
    """When nobody tapped its end, it ended half an hour after the booked one (clinical.md 1.2)."""
    pk, kind, name, starts, booked_end, started, ended, therapist = row
    return Meeting(pk, kind == "dosing", name, started or starts, ended or booked_end + ASSUMED_AFTER, therapist)
