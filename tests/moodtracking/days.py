"""Check-ins to test with, saved as they would have been."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import Span, local_day
from koru.people.models import Person
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.people import make_room, make_therapist


def told(client: Person, answers: Mapping[str, float] | None = None, at: datetime | None = None, **fields: Any) -> CheckIn:
    """One check-in, recorded at the moment that it is about."""
    moment = at or timezone.now()
    defaults = {
        "key": uuid4(),
        "at": moment,
        "recorded_at": moment,
        "zone": client.zone,
        "local_date": local_day(moment, ZoneInfo(client.zone), client.day_starts),
        "item_set_version": "daily.v1",
        "answers": {"mood": 1, "energy": 2, "tension": 1} if answers is None else dict(answers),
    }
    return CheckIn.objects.create(client=client, **{**defaults, **fields})


def ago(**how_long: float) -> datetime:
    return timezone.now() - timedelta(**how_long)


def held_session(client: Person, at: datetime) -> Appointment:
    """A dosing session that took place: 150 minutes from then on."""
    during = Span.lasting(at, 150)
    return Appointment.objects.create(
        kind_id="dosing",
        client=client,
        therapist=make_therapist(),
        room=make_room(),
        place="room",
        during=during.range,
        padded=during.padded(15, 30).range,
        before=15,
        after=30,
        state=Appointment.State.MET,
        started_at=during.start,
        ended_at=during.end,
    )
