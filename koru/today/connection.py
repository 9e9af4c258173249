"""What stands between a client and those who walk with them: who they are, when they meet, what was read, how it was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from journaling.hearing import Said as Word
from journaling.hearing import said_to
from koru.people.clinic import the_clinic
from koru.people.cover_days import Line, lines_of
from koru.people.models import Alliance, Cover
from koru.privacy.door import Record
from koru.privacy.looks import looks_at
from moodtracking.connection.offering import Meeting, meetings_of
from moodtracking.connection.reading import Seen, seen_in
from scheduling.models import Appointment
from scheduling.resting import is_calm
from scheduling.session_facts import Facts, facts_of
from scheduling.sessions import dosing_sessions

from .looked import Told, told

AHEAD, READ, SHOWN = 3, 6, 12
STANDING = ("now", "ahead")
READING = ("entry", "passage", "connection", "brief read")


@dataclass(frozen=True, slots=True)
class Connection:
    """`waiting` are meetings to say something of; none on the quiet day of a session, when nothing asks."""

    walking: list[Alliance]
    covers: list[Line]
    ahead: list[Facts]
    waiting: list[Meeting]
    said: list[Seen]
    read: list[Told]
    heard: list[tuple[Word, UUID]]


def connection_of(record: Record, now: datetime) -> Connection:
    """The same few questions, however much there is."""
    client, zone = record.client, ZoneInfo(record.client.zone)
    booked = Appointment.objects.of_client(client).ahead_of(now)[:AHEAD]
    clinic = the_clinic()
    quiet = is_calm(dosing_sessions(client), zone, now)
    return Connection(
        walking=list(Alliance.objects.current().filter(client=client).select_related("therapist").order_by("since")),
        covers=[line for line in lines_of(Cover.objects.lately().filter(client=client), now) if line.state in STANDING],
        ahead=[facts_of(one, zone, clinic, now) for one in booked],
        waiting=[] if quiet else meetings_of(client, now),
        said=seen_in(record)[:SHOWN],
        heard=said_to(client, READ),
        read=[told(row, client) for row in looks_at(client).filter(act__in=READING)[:READ]],
    )
