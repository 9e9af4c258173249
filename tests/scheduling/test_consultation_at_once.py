"""Two at once, on real connections: one form sent twice is one talk, and one time goes to one visitor."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from koru.people.models import Person
from koru.reminders.models import Letter
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import Appointment, AvailabilityRule, ConsultationRequest
from scheduling.refusals import TimeTaken
from tests.days import this_day
from tests.people import make_clinic, make_staff, make_therapist

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 12


@pytest.fixture
def start() -> datetime:
    """Noon in New York in three days, with one therapist there."""
    make_clinic(zone="America/New_York")
    make_staff()
    therapist: Person = make_therapist()
    for weekday in range(1, 8):
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=weekday, opens=time(8), closes=time(18), valid=DateRange(date(2026, 1, 1), None)
        )
    day = this_day() + timedelta(days=3)
    return datetime.combine(day, time(17), UTC)


def talk(start: datetime, n: int) -> Talk:
    return Talk(start=start, place="video", name=f"Demo {n}", email=f"demo{n}@example.org", zone="America/Denver")


def all_at_once(act: Callable[[int], Any]) -> list[Any]:
    gate, results = threading.Barrier(MANY), []

    def go(n: int) -> None:
        gate.wait()
        try:
            results.append(act(n))
        except TimeTaken as refused:
            results.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[n]) for n in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_form_sent_many_times_at_once_is_one_talk(start: datetime) -> None:
    kind, key = kind_of_talk(), uuid4()
    made = all_at_once(lambda n: book_talk(kind, talk(start, 0), key=key))
    assert len({one.pk for one in made}) == 1
    assert len(made) == MANY
    assert Appointment.objects.count() == ConsultationRequest.objects.count() == 1
    assert Letter.objects.filter(kind="consultation-booked").count() == 1


def test_one_time_wanted_by_many_goes_to_one_and_the_others_are_offered_near_ones(start: datetime) -> None:
    kind = kind_of_talk()
    made = all_at_once(lambda n: book_talk(kind, talk(start, n), key=uuid4()))
    refused = [one for one in made if isinstance(one, TimeTaken)]
    assert len(refused) == MANY - 1
    assert all(len(one.nearest) == 3 for one in refused)
    assert Appointment.objects.count() == ConsultationRequest.objects.count() == 1
    assert not Letter.objects.exclude(about__in=known()).exists()


def known() -> list[UUID]:
    return [*Appointment.objects.values_list("pk", flat=True), *ConsultationRequest.objects.values_list("pk", flat=True)]
