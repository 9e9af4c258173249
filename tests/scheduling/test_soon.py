"""What is ahead of a client or only just over: read as values, the same as the appointments themselves."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from koru.moments.questions import Together
from scheduling.models import Appointment
from scheduling.session_facts import facts_of
from scheduling.soon import about_soon, soon_from
from tests.care.world import appointment, make_pair
from tests.people import make_clinic

pytestmark = pytest.mark.django_db
together = Together(lambda client, since: [about_soon(client, since)])


def test_an_appointment_read_as_values_says_what_the_whole_row_says() -> None:
    client, therapist = make_pair()
    now, clinic = timezone.now(), make_clinic()
    row = appointment(client, therapist, now + timedelta(days=2))
    (rows,) = together(client, now)
    (read,) = soon_from(rows)
    whole = Appointment.objects.of_client(client).get(pk=row.pk)
    zone = whole.room.zone if whole.room else clinic.zone
    assert facts_of(read, ZoneInfo(zone), clinic, now) == facts_of(whole, ZoneInfo(zone), clinic, now)
    assert (read.kind.name, str(read.therapist), read.room) == (whole.kind.name, str(whole.therapist), whole.room)


def test_what_was_not_asked_is_read_when_somebody_wants_it() -> None:
    client, therapist = make_pair()
    row = appointment(client, therapist, timezone.now() + timedelta(days=2))
    row.way_home = "Demo Ash"
    row.save()
    (rows,) = together(client, timezone.now())
    assert soon_from(rows)[0].way_home == "Demo Ash"


def test_only_booked_and_held_ones_after_the_instant_in_the_order_of_the_clock() -> None:
    client, therapist = make_pair()
    now = timezone.now()
    later, sooner = (appointment(client, therapist, now + timedelta(days=days)) for days in (4, 1))
    appointment(client, therapist, now + timedelta(days=2), "cancelled")
    appointment(client, therapist, now - timedelta(days=9), "met")
    (rows,) = together(client, now - timedelta(days=2))
    assert [one.pk for one in soon_from(rows)] == [sooner.pk, later.pk]
