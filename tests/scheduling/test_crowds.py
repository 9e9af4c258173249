"""Two people, one time: on real connections, the database lets one have it and the rest get a sentence."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction

from koru.people.consents import withdraw_consent
from koru.people.models import Person
from scheduling.booking import book
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentChange
from scheduling.moving import move
from scheduling.refusals import Crowded, NotReady, Refused, TimeTaken
from tests.crowd import together
from tests.people import ally, cleared, make_client, make_room

from .practice import LONG_AGO, NOON, Practice, at, kind_of, make_practice

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 32


@pytest.fixture
def busy(clock: Callable[[str], time_machine.Traveller]) -> Practice:
    clock(NOON)
    return make_practice()


def crowd_of(practice: Practice, number: int) -> list[Person]:
    clients = [cleared(make_client(), date(2027, 12, 31)) for _ in range(number)]
    for client in clients:
        ally(client, practice.therapist, since=LONG_AGO)
    return clients


def wants(practice: Practice, client: Person, start: datetime, kind: str = "dosing") -> Callable[[], Appointment]:
    place = "room" if kind == "dosing" else "video"
    key = uuid4()
    return lambda: book(kind_of(kind), start, therapist=practice.therapist, place=place, by=client, client=client, key=key)


def overlaps() -> int:
    """Pairs of rows that hold one therapist, room or client twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_appointment a JOIN scheduling_appointment b ON a.id < b.id"
            " AND a.padded && b.padded AND a.state = 'booked' AND b.state = 'booked' AND"
            " (a.therapist_id = b.therapist_id OR a.room_id = b.room_id OR a.client_id = b.client_id)"
        )
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def test_of_thirty_two_who_want_one_time_one_has_it(busy: Practice) -> None:
    start = at("2026-12-01 10:00")
    answers = together([wants(busy, client, start) for client in crowd_of(busy, CROWD)])
    assert len([one for one in answers if isinstance(one, TimeTaken | Crowded)]) == CROWD - 1
    assert all(len(one.nearest) == 3 for one in answers if isinstance(one, TimeTaken))
    assert Appointment.objects.count() == AppointmentChange.objects.count() == 1


def test_of_thirty_two_who_want_fifty_times_fifty_are_had(busy: Practice) -> None:
    clients = crowd_of(busy, CROWD)
    days = [at("2026-11-30 10:00") + timedelta(days=number) for number in range(25)]
    starts = [start for day in days for start in (day, day + timedelta(hours=4))]
    assert len(starts) == 50

    def in_turn(client: Person) -> int:
        return sum(1 for start in random.Random(str(client.pk)).sample(starts, 50) if _had(wants(busy, client, start)))

    answers = together([partial(in_turn, client) for client in clients])
    assert sum(one for one in answers if isinstance(one, int)) == 50
    assert Appointment.objects.count() == 50
    assert overlaps() == 0


def _had(act: Callable[[], Appointment]) -> bool:
    """Whether it was done. Where the machine is too slow for the crowd, the sentence says to try again: it is tried."""
    for _ in range(20):
        try:
            act()
        except Crowded:
            continue
        except Refused:
            return False
        return True
    return False


def test_moves_bookings_and_cancellations_at_once_never_overlap_nor_deadlock(busy: Practice) -> None:
    make_room(name="Moss room")
    clients = crowd_of(busy, 12)
    starts = [at("2026-12-01 10:00") + timedelta(days=day, hours=hour) for day in range(4) for hour in (0, 1, 2, 4)]
    for client, start in zip(clients[:4], starts[::4], strict=True):
        wants(busy, client, start)()

    def restless(client: Person) -> int:
        chance, done = random.Random(str(client.pk)), 0
        for _ in range(12):
            own = Appointment.objects.filter(client=client, state="booked").first()
            start = chance.choice(starts)
            if own is None:
                done += _had(wants(busy, client, start, chance.choice(["dosing", "integration"])))
            elif chance.random() < 0.2:
                done += _had(partial(cancel, own, by=client, reason="plans"))
            else:
                done += _had(partial(move, own, start, by=client))
        return done

    answers = together([partial(restless, client) for client in clients])
    assert all(isinstance(one, int) for one in answers)
    assert sum(one for one in answers if isinstance(one, int)) > 12
    assert overlaps() == 0
    assert Appointment.objects.filter(state="booked").count() <= 12


def test_one_key_sent_many_times_at_once_is_one_booking(busy: Practice) -> None:
    act = wants(busy, busy.client, at("2026-12-01 10:00"))
    answers = together([act] * 16)
    assert len({one.pk for one in answers if isinstance(one, Appointment)}) == 1
    assert not [one for one in answers if isinstance(one, Exception)]
    assert Appointment.objects.count() == 1


def test_cancelled_many_times_at_once_is_cancelled_once(busy: Practice) -> None:
    made = busy.book(at("2026-12-01 10:00"))
    together([partial(cancel, made, by=busy.client, reason="unsaid")] * 8)
    made.refresh_from_db()
    assert (made.state, made.revision) == ("cancelled", 1)
    assert AppointmentChange.objects.filter(what="cancelled").count() == 1


@pytest.mark.parametrize("moves", [False, True])
def test_a_consent_withdrawn_at_the_same_moment_is_waited_for(busy: Practice, moves: bool) -> None:
    made = busy.book(at("2026-12-01 10:00"))
    begun, done = Event(), Event()

    def withdraw() -> bool:
        with transaction.atomic():
            withdraw_consent(busy.client, "treatment", by=busy.client)
            begun.set()
            done.wait(0.5)
        return True

    def want() -> bool:
        begun.wait(10)
        start = at("2026-12-03 10:00")
        return bool(move(made, start, by=busy.client) if moves else wants(busy, busy.client, start)())

    answers = together([withdraw, want])
    assert answers[0] is True
    assert isinstance(answers[1], NotReady)
