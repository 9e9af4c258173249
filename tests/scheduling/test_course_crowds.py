"""Courses at once and courses cut short: on real connections, one is had whole and nothing of the other is left."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection

from koru.people.models import Person
from koru.reminders.models import Hush, Letter
from koru.sealing.keyring import keyring
from scheduling.course_booking import DateGone, book_course
from scheduling.models import Appointment, AppointmentChange, Course
from scheduling.moving import move
from scheduling.proposing import propose_again
from scheduling.refusals import Refused
from tests.crowd import together
from tests.people import ally, cleared, make_client

from .course import booked, pair, proposed, starts
from .practice import LONG_AGO, NOON, Practice, make_practice

pytestmark = pytest.mark.django_db(transaction=True)
FAILS = """
CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
CREATE TRIGGER fails AFTER UPDATE OF {column} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION fails();
"""


@pytest.fixture
def busy(clock: Callable[[str], time_machine.Traveller]) -> Practice:
    clock(NOON)
    return make_practice()


def somebody(practice: Practice) -> Person:
    person = cleared(make_client(), date(2027, 12, 31))
    ally(person, practice.therapist, since=LONG_AGO)
    return person


def test_of_four_who_want_overlapping_courses_one_has_it_whole_and_the_others_nothing(busy: Practice) -> None:
    people = [busy.client, *(somebody(busy) for _ in range(3))]
    courses = [proposed(busy, client=person) for person in people]
    assert len({tuple(starts(course)) for course in courses}) == 1
    answers = together([partial(book_course, course, by=course.client, key=uuid4()) for course in courses])
    had = [one for one in answers if isinstance(one, Course)]
    assert len(had) == 1
    assert all(isinstance(one, DateGone) for one in answers if not isinstance(one, Course))
    assert set(Appointment.objects.values_list("client", flat=True)) == {had[0].client_id}
    assert Appointment.objects.count() == 7
    lost = next(course for course in courses if course.pk != had[0].pk)
    again = propose_again(lost, by=lost.client)
    with keyring():
        assert book_course(again, by=lost.client, key=uuid4()).state == "booked"


def test_a_course_sent_many_times_at_once_is_booked_once(busy: Practice) -> None:
    course, key = proposed(busy), uuid4()
    answers = together([partial(book_course, course, by=busy.client, key=key)] * 6)
    assert all(isinstance(one, Course) for one in answers)
    assert Appointment.objects.count() == 7
    assert Letter.objects.filter(kind="course-booked").count() == 1


def failing(table: str, column: str, when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FAILS.format(table=table, column=column, when=when))


@pytest.fixture
def mended() -> object:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS fails() CASCADE")


@pytest.mark.usefixtures("mended")
def test_a_course_whose_last_write_fails_leaves_nothing(busy: Practice) -> None:
    course = proposed(busy)
    failing("scheduling_course", "state", "NEW.state = 'booked'")
    with pytest.raises(DatabaseError, match="disk is full"), keyring():
        book_course(course, by=busy.client, key=uuid4())
    left = (Appointment, AppointmentChange, Letter, Hush)
    assert [model.__name__ for model in left if model._default_manager.exists()] == []
    course.refresh_from_db()
    assert (course.state, course.booked_at) == ("proposed", None)


@pytest.mark.usefixtures("mended")
def test_a_move_that_fails_at_its_second_half_moves_neither(busy: Practice) -> None:
    course = booked(busy)
    session, meeting = pair(course)
    was = (session.starts, meeting.starts)
    failing("scheduling_appointment", "during", "NEW.kind_id = 'integration'")
    with pytest.raises(DatabaseError, match="disk is full"):
        move(session, session.starts.replace(day=session.starts.day + 1), by=busy.client)
    session, meeting = pair(course)
    assert ((session.starts, meeting.starts), meeting.state) == (was, "booked")


def test_moves_of_pairs_and_bookings_at_once_keep_every_pair_together(busy: Practice) -> None:
    courses = [booked(busy)]
    for _ in range(2):
        courses.append(proposed(busy, client=somebody(busy)))
        with keyring():
            book_course(courses[-1], by=courses[-1].client, key=uuid4())

    def restless(course: Course) -> int:
        return sum(1 for number in range(3) for days in (1, 2, -1) if _moved(course, number, days))

    done = together([partial(restless, course) for course in courses])
    assert sum(one for one in done if isinstance(one, int)) > 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_coursedate follower"
            " JOIN scheduling_coursedate leader ON leader.id = follower.follows_id"
            " JOIN scheduling_appointment a ON a.id = follower.appointment_id"
            " JOIN scheduling_appointment s ON s.id = leader.appointment_id"
            " WHERE a.state <> 'booked' OR lower(a.during) - upper(s.during) NOT BETWEEN interval '0' AND interval '72 hours'"
        )
        assert cursor.fetchone() == (0,)


def _moved(course: Course, number: int, days: int) -> bool:
    session, _ = pair(course, number)
    try:
        move(session, session.starts.replace(day=max(1, min(28, session.starts.day + days))), by=course.client)
    except Refused:
        return False
    return True
