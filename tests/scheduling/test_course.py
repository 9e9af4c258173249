"""A course: proposed whole, booked whole or not at all, moved and cancelled so that what belongs together stays together."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from koru.moments.spans import Span
from koru.people.consents import withdraw_consent
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.course_booking import DateGone, book_course
from scheduling.models import Appointment, AppointmentChange, AvailabilityException, Course, CourseDate
from scheduling.moving import move
from scheduling.pairs import ApartFromIt, NothingNearby
from scheduling.proposing import NoPlan, change_date, let_course_go, propose_again
from scheduling.refusals import DecideTomorrow, NotNow, NotReady
from scheduling.session_day import end
from tests.people import ally, cleared, make_client, make_therapist
from tests.people.spacings import agreed

from .course import FROM, booked, pair, proposed, starts
from .practice import LONG_AGO, NEW_YORK, Practice, at

Clock = Callable[[str], time_machine.Traveller]


def days_between(course: Course, kind: str = "dosing") -> list[int]:
    days = [start.astimezone(NEW_YORK).date() for name, start in starts(course) if name == kind]
    return [(later - day).days for day, later in pairwise(days)]


def the_rule_holds() -> None:
    """What the database checks at the end of a transaction, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_six_sessions_lie_closer_first_and_further_apart_later_each_with_its_integration(practice: Practice) -> None:
    course = proposed(practice, "first-six")
    kinds = [kind for kind, _ in starts(course)]
    assert kinds == ["preparation", *["dosing", "integration"] * 6]
    assert days_between(course) == [5, 5, 9, 13, 17]
    for date_of in course.dates.exclude(follows=None).select_related("follows"):
        assert date_of.follows
        session_ends = date_of.follows.start + timedelta(minutes=150)
        assert timedelta() < date_of.start - session_ends <= timedelta(hours=72)
    assert not Appointment.objects.exists()


def test_agreed_weeks_drive_the_later_sessions(practice: Practice) -> None:
    agreed(practice.client, practice.therapist, 4)
    assert days_between(proposed(practice, "further-apart")) == [28, 28]
    agreed(practice.client, practice.therapist, 6)
    assert days_between(proposed(practice, "further-apart")) == [42, 42]


def test_the_same_open_times_give_the_same_plan(practice: Practice) -> None:
    assert starts(proposed(practice)) == starts(proposed(practice))
    assert Course.objects.count() == 1


def test_a_plan_keeps_within_clearance_or_says_where_it_ends(practice: Practice) -> None:
    cleared(practice.client, date(2026, 12, 10))
    with pytest.raises(NoPlan) as refused:
        proposed(practice)
    assert "Dosing session" in refused.value.words
    assert not Course.objects.exists()


def test_without_consent_nothing_is_proposed(practice: Practice) -> None:
    withdraw_consent(practice.client, "treatment", by=practice.client)
    with pytest.raises(NotReady):
        proposed(practice)


def test_who_may_propose_what(practice: Practice) -> None:
    stranger = make_therapist()
    assert proposed(practice, by=practice.therapist).proposed_by == practice.therapist
    assert proposed(practice, by=practice.client, from_day=FROM).proposed_by == practice.client
    for slug, by in (("first-six", practice.client), ("first-three", stranger), ("first-three", make_client())):
        with pytest.raises(Http404):
            proposed(practice, slug, by=by)


def test_that_the_clinic_planned_and_booked_is_on_the_clients_list(practice: Practice) -> None:
    booked(practice, by=practice.staff)
    acts = [look.act for look in looks_at(practice.client)]
    assert {"course proposed", "course booked"} <= set(acts)


def test_another_time_for_one_date_keeps_those_before_and_plans_those_after(practice: Practice) -> None:
    course = proposed(practice)
    before = starts(course)
    second = 3
    later = before[second][1] + timedelta(days=2)
    changed = change_date(course, second, later, by=practice.client)
    now = starts(changed)
    assert now[:second] == before[:second]
    assert now[second] == ("dosing", later)
    assert [one.changed for one in changed.dates.order_by("position")][:second] == [False] * second
    assert changed.proposed_by == practice.staff
    with pytest.raises(NoPlan):
        change_date(changed, second, before[1][1] + timedelta(hours=1), by=practice.client)
    assert starts(Course.objects.get()) == now


def test_booked_all_at_once_with_one_letter(practice: Practice) -> None:
    course = booked(practice)
    assert Appointment.objects.filter(state="booked").count() == 7
    assert AppointmentChange.objects.filter(what="booked").count() == 7
    letters = Letter.objects.filter(to=practice.client)
    assert letters.filter(kind="course-booked").count() == 1
    assert not letters.filter(kind="appointment-booked").exists()
    assert letters.filter(kind="session-tomorrow").count() == 3
    assert course.state == "booked"


def test_the_same_key_again_is_the_same_course_and_another_is_told(practice: Practice) -> None:
    course, key = proposed(practice), uuid4()
    with keyring():
        first = book_course(course, by=practice.client, key=key)
        assert book_course(course, by=practice.client, key=key) == first
        with pytest.raises(NotNow):
            book_course(course, by=practice.client, key=uuid4())
    assert Appointment.objects.count() == 7


@pytest.mark.parametrize("number", [0, 3, 6])
def test_one_date_taken_and_none_is_booked(practice: Practice, number: int) -> None:
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, practice.therapist, since=LONG_AGO)
    course = proposed(practice)
    kind, start = starts(course)[number]
    practice.book(start, kind=kind, by=practice.staff, client=other)
    letters = Letter.objects.count()
    with pytest.raises(DateGone) as gone, keyring():
        book_course(course, by=practice.client, key=uuid4())
    assert gone.value.position == number
    assert Appointment.objects.filter(client=practice.client).count() == 0
    assert Letter.objects.count() == letters
    again = propose_again(course, by=practice.client)
    assert again.dates.get(position=number).changed
    with keyring():
        assert book_course(again, by=practice.client, key=uuid4()).state == "booked"


def test_within_a_day_of_a_session_a_client_books_no_course(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2026-11-25 10:00"), by=practice.staff)
    course = proposed(practice)
    clock("2026-11-25T18:00:00Z")
    end(made, by=practice.staff)
    with pytest.raises(DecideTomorrow), keyring():
        book_course(course, by=practice.client, key=uuid4())
    with keyring():
        assert book_course(course, by=practice.staff, key=uuid4())


def test_a_proposal_is_let_go_and_booked_dates_stay(practice: Practice) -> None:
    let_course_go(proposed(practice), by=practice.client)
    assert not Course.objects.exists()
    course = booked(practice)
    let_course_go(course, by=practice.client)
    assert Course.objects.count() == 1
    with pytest.raises(Http404):
        let_course_go(course, by=make_client())


def test_a_session_moves_and_its_integration_goes_with_it(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 1)
    usual = (meeting.starts.astimezone(NEW_YORK).time(), (meeting.starts.date() - session.starts.date()).days)
    move(session, session.starts + timedelta(days=1), by=practice.client)
    session, meeting = pair(course, 1)
    assert (meeting.starts.astimezone(NEW_YORK).time(), (meeting.starts.date() - session.starts.date()).days) == usual
    assert (session.state, meeting.state) == ("booked", "booked")
    assert (session.revision, meeting.revision) == (1, 1)
    assert AppointmentChange.objects.filter(what="moved").count() == 2
    the_rule_holds()


def test_a_session_can_move_to_where_its_integration_was(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 2)
    onto = meeting.starts.astimezone(NEW_YORK).replace(hour=10, minute=0)
    move(session, onto, by=practice.staff)
    session, meeting = pair(course, 2)
    assert session.starts == onto
    assert meeting.starts > session.ends
    the_rule_holds()


def test_without_an_open_time_for_its_integration_neither_moves(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 1)
    to = session.starts + timedelta(days=2)
    for days in range(1, 4):
        on = to.astimezone(NEW_YORK).date() + timedelta(days=days)
        AvailabilityException.objects.create(therapist=practice.therapist, what="away", on=on)
    was = (session.starts, meeting.starts)
    with pytest.raises(NothingNearby):
        move(session, to, by=practice.client)
    assert tuple(one.starts for one in pair(course, 1)) == was
    the_rule_holds()


def test_the_integration_moves_alone_within_three_days_and_further_with_a_name_and_a_reason(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 1)
    move(meeting, meeting.starts + timedelta(days=1), by=practice.client)
    far = session.ends.astimezone(NEW_YORK).replace(hour=15, minute=0) + timedelta(days=4)
    for by, reason in ((practice.client, ""), (practice.staff, "")):
        with pytest.raises(ApartFromIt):
            move(meeting, far, by=by, reason=reason)
    with pytest.raises(ApartFromIt):
        move(meeting, session.starts - timedelta(days=1), by=practice.staff, reason="client_asked")
    move(meeting, far, by=practice.staff, reason="client_asked")
    date_of = CourseDate.objects.get(appointment=meeting)
    assert (date_of.waived_by, date_of.waived_why) == (practice.staff, "client_asked")
    move(meeting, session.starts + timedelta(days=1), by=practice.staff, reason="client_asked")
    assert CourseDate.objects.get(appointment=meeting).waived_by is None
    the_rule_holds()


def test_cancelling_a_session_cancels_its_integration_and_not_the_other_way(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 0)
    cancel(session, by=practice.client, reason="unwell")
    assert [one.state for one in pair(course, 0)] == ["cancelled", "cancelled"]
    session, meeting = pair(course, 1)
    cancel(meeting, by=practice.client, reason="plans")
    assert [one.state for one in pair(course, 1)] == ["booked", "cancelled"]
    assert Appointment.objects.filter(state="booked").count() == 4
    the_rule_holds()


def test_the_database_keeps_a_session_from_leaving_its_integration_behind(practice: Practice) -> None:
    session, meeting = pair(booked(practice), 0)
    far = Span(session.starts + timedelta(days=200), session.ends + timedelta(days=200))
    away = {"during": far.range, "padded": far.padded(session.before, session.after).range}
    tries: list[tuple[Appointment, dict[str, object]]] = [(session, {"state": "cancelled"}), (session, away)]
    for one, changed in [*tries, (meeting, later(meeting))]:
        with pytest.raises(IntegrityError, match="An integration meeting stands"):
            written_over(one, changed)


def written_over(appointment: Appointment, changed: dict[str, object]) -> None:
    with transaction.atomic():
        Appointment.objects.filter(pk=appointment.pk).update(**changed)
        the_rule_holds()


def later(meeting: Appointment) -> dict[str, object]:
    far = Span(meeting.starts + timedelta(days=100), meeting.ends + timedelta(days=100))
    return {"during": far.range, "padded": far.padded(meeting.before, meeting.after).range}
