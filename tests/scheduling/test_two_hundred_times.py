"""Sixty-four people, two hundred times, all at once: by booking, by holding and confirming, by moving what they have.

In the short form each time is wanted by six. In the long one (`-m faults`) each is wanted by all: 12,800 deeds, of which
12,600 are told why not.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from koru.people.models import Person
from scheduling.booking import Asked, book
from scheduling.holding import hold
from scheduling.models import Appointment, AppointmentChange, Presence
from scheduling.moving import move
from scheduling.refusals import Crowded, Refused
from tests.crowd import together
from tests.people import ally, make_client

from .practice import LONG_AGO, NOON, Practice, at, kind_of, make_practice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CROWD = 64
STARTS = [at("2026-11-30 09:00") + timedelta(days=day, hours=hour) for day in range(25) for hour in range(8)]
Answer = Appointment | Refused


@pytest.fixture
def practice(clock: Callable[[str], time_machine.Traveller]) -> Practice:
    clock(NOON)
    return make_practice()


def crowd_of(practice: Practice) -> list[Person]:
    """Each with an appointment of their own after those that all want."""
    clients = [make_client() for _ in range(CROWD)]
    for number, client in enumerate(clients):
        ally(client, practice.therapist, since=LONG_AGO)
        day, hour = divmod(number, 8)
        spare = at("2026-12-26 09:00") + timedelta(days=day, hours=hour)
        practice.book(spare, kind="integration", client=client, by=practice.staff)
    return clients


def by_booking(practice: Practice, client: Person, start: datetime) -> Appointment:
    kind = kind_of("integration")
    return book(kind, start, therapist=practice.therapist, place="video", by=client, client=client, key=uuid4())


def by_holding(practice: Practice, client: Person, start: datetime) -> Appointment:
    asked = Asked(kind=kind_of("integration"), therapist=practice.therapist, place="video", client=client)
    hold(asked, start, by=client)
    return by_booking(practice, client, start)


def by_moving(practice: Practice, client: Person, start: datetime) -> Appointment:
    spare = Appointment.objects.filter(client=client, during__startswith__gte=at("2026-12-26 00:00")).first()
    return move(spare, start, by=client) if spare else by_booking(practice, client, start)


def answered(act: Callable[[], Appointment]) -> Answer:
    """What it came to. Where the machine is too slow for the crowd, the sentence says to try again: it is tried."""
    while True:
        try:
            return act()
        except Crowded:
            continue
        except Refused as refused:
            return refused


def in_turn(practice: Practice, client: Person, starts: list[datetime]) -> list[Answer]:
    """All that one client wants, over one connection. On a busy machine a thread may stand still for long in the middle."""
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = 0")
    ways = [by_booking, by_holding, by_moving]
    chance = random.Random(str(client.pk))
    return [answered(partial(chance.choice(ways), practice, client, start)) for start in starts]


@pytest.mark.parametrize("wanted_by", [6, pytest.param(CROWD, marks=pytest.mark.faults)])
def test_of_sixty_four_who_want_two_hundred_times_each_is_had_once_and_every_loser_is_told(
    practice: Practice, wanted_by: int
) -> None:
    clients, chance = crowd_of(practice), random.Random(7)
    wanted: dict[Person, list[datetime]] = {client: [] for client in clients}
    for start in STARTS:
        for client in chance.sample(clients, wanted_by):
            wanted[client].append(start)
    acts: list[Callable[[], list[Answer]]] = [
        partial(in_turn, practice, client, chance.sample(starts, len(starts))) for client, starts in wanted.items()
    ]
    answers = [one for told in together(acts) if isinstance(told, list) for one in told]
    had = [one for one in answers if isinstance(one, Appointment)]
    told = [one for one in answers if isinstance(one, Refused)]
    assert (len(had), len(told)) == (len(STARTS), len(STARTS) * (wanted_by - 1))
    assert sorted(one.starts for one in had) == STARTS
    assert {one.words for one in told} == {"That time has just been taken."}
    kept = Appointment.objects.filter(state="booked", during__startswith__lt=at("2026-12-26 00:00"))
    assert sorted(one.starts for one in kept) == STARTS
    assert overlapping() == 0
    assert not Appointment.objects.filter(state="held").exists()
    assert Presence.objects.count() == Appointment.objects.count()
    moved = AppointmentChange.objects.filter(what="moved").count()
    assert 0 < moved < CROWD + 1
    assert Appointment.objects.count() == len(STARTS) + CROWD - moved


def overlapping() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_appointment a JOIN scheduling_appointment b ON a.id < b.id"
            " AND a.padded && b.padded AND (a.therapist_id = b.therapist_id OR a.client_id = b.client_id)"
        )
        (count,) = cursor.fetchone() or (0,)
    return int(count)
