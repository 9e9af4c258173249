"""The caseload of two hundred clients, each with ninety days behind them, beside the bare view."""

from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.utils import timezone

from journaling.models import Entry
from koru.people.models import Person
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.care.world import appointment
from tests.people import ally, make_client, make_clinic, make_therapist

from .measuring import Result, in_turns
from .pages import answered
from .world import signed_in

CLIENTS, DAYS, ROUNDS = 200, 90, 15
GOAL = 1_000.0  # milliseconds


@cache
def therapist_of_many() -> Person:
    make_clinic()
    therapist, now = make_therapist(), timezone.now()
    clients = [make_client() for _ in range(CLIENTS)]
    for number, client in enumerate(clients):
        ally(client, therapist)
        appointment(client, therapist, now + timedelta(hours=2 * number + 1))
        appointment(client, therapist, now - timedelta(hours=2 * number + 5), Appointment.State.MET)
    times = [now - timedelta(days=day, hours=1) for day in range(DAYS)]
    CheckIn.objects.bulk_create(
        CheckIn(
            client=client, at=at, recorded_at=at, zone=client.zone, local_date=at.date(), answers={"mood": 1},
            item_set_version="1", key=uuid4(),
        )
        for client in clients for at in times
    )  # fmt: skip
    Entry.objects.bulk_create(
        Entry(
            client=client, at=at, zone=client.zone, local_date=at.date(), text="Shared words.", share="my_therapist", key=uuid4()
        )
        for client in clients for at in times[::7]
    )  # fmt: skip
    return therapist


def two_hundred() -> Result:
    browser = signed_in(therapist_of_many())
    page, bare = in_turns(lambda: answered(browser, "/care/"), lambda: answered(browser, "/bare/"), ROUNDS)
    ours = page * 1000
    return Result(
        "caseload-200", round(ours, 2), "ms", round(bare * 1000, 2), round(page / bare, 3), f"<= {GOAL:.0f} ms", ours <= GOAL
    )
