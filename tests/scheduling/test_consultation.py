"""A visitor's free talk: a time in a few fields, one link for its life, nothing typed lost."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from koru.people.models import Person
from koru.reminders.models import Letter
from scheduling.models import Appointment, AvailabilityRule, ConsultationRequest
from tests.people import make_clinic, make_room, make_staff, make_therapist

NOW = "2026-11-24T15:00:00+00:00"  # Tuesday, 10:00 in New York
AT = "2026-11-26T15:00Z"  # Thursday, 10:00 in New York
OTHER = "2026-11-27T16:30Z"
TALK = "/consultation/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_clinic(clock: object) -> Person:
    """One therapist, weekdays 9 to 17 in New York; Tuesday morning."""
    clock(NOW)  # type: ignore[operator]
    cache.clear()
    make_clinic(zone="America/New_York", phone="+1 212 555 0100")
    make_staff()
    therapist = make_therapist()
    for weekday in range(1, 6):
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=weekday, opens=time(9), closes=time(17), valid=DateRange(date(2026, 1, 1), None)
        )
    return therapist


def old_enough(seconds: int = 30) -> str:
    """The stamp of a form that was opened so long ago."""
    signer = signing.TimestampSigner(salt="consultation")
    before = signer.timestamp
    signer.timestamp = lambda: signing.b62_encode(int(datetime.now(UTC).timestamp()) - seconds)  # type: ignore[method-assign]
    made = signer.sign("shown")
    signer.timestamp = before  # type: ignore[method-assign]
    return made


def asked(**fields: str) -> dict[str, str]:
    """A whole form, as a browser would send it."""
    return {
        "at": AT,
        "place": "video",
        "name": "Demo Rowan",
        "email": "rowan@example.org",
        "phone": "",
        "note": "",
        "website": "",
        "zone": "America/Denver",
        "shown": old_enough(),
        "key": str(uuid4()),
        **fields,
    }


def test_a_time_is_held_at_once_and_the_mail_only_confirms(client: Client) -> None:
    answer = client.post(TALK, asked())
    talk = ConsultationRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/consultation/{talk.token}/"
    held = Appointment.objects.get()
    assert (held.kind_id, held.state, held.during.lower) == ("consultation", "booked", datetime(2026, 11, 26, 15, tzinfo=UTC))
    assert set(Letter.objects.values_list("kind", flat=True)) == {"consultation-booked", "consultation-soon", "new-request"}


