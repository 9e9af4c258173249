"""What lies around now for one client: the next appointment with anybody, the last one with this reader. One query."""

from datetime import datetime
from typing import NamedTuple

from koru.moments.questions import Question
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import Place

# Both halves walk appointment_by_client; a client has some dozens of appointments in a year.
AROUND = Question(
    """
WITH theirs AS (
    SELECT appointment.id, during, ended_at, state, therapist_id, place, kind.name AS kind, room.name AS room
    FROM scheduling_appointment AS appointment
    JOIN scheduling_appointmentkind AS kind ON kind.slug = kind_id
    LEFT JOIN scheduling_room AS room ON room.id = room_id
    WHERE client_id = %s
)
(SELECT 'next', kind, during, ended_at, place, room FROM theirs
 WHERE state = 'booked' AND upper(during) > now() ORDER BY during LIMIT 1)
UNION ALL
(SELECT 'met', kind, during, ended_at, place, room FROM theirs
 WHERE state = 'met' AND therapist_id = %s ORDER BY during DESC LIMIT 1)
""",
    parameters=(None, None),
    places=((0, 0), (1, 1)),
    width=6,
)


class Met(NamedTuple):
    """An appointment as a value."""

    kind: str
    span: Span
    ended: datetime
    where: str


class Around(NamedTuple):
    next: Met | None
    met: Met | None


def around(record: Record) -> Around:
    places: dict[str, str] = {place.value: place.label for place in Place}
    found = {
        which: Met(kind, Span.of_range(during), ended or during.upper, room or places[place])
        for which, kind, during, ended, place, room in AROUND.ask((record.client.pk, record.reader.pk))
    }
    return Around(found.get("next"), found.get("met"))
