"""A course on its page: seen whole, each date changed, booked at once; the client's own and the clinic's for them."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from koru.privacy.looks import looks_at
from scheduling.models import Appointment, AppointmentKind, Course
from tests.people import ally, cleared, make_client, make_staff, make_therapist

from .course import booked, pair, proposed, starts
from .practice import LONG_AGO, Practice, queries

PAGE = "/sessions/course/"


def signed_in(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


@pytest.fixture
def web(practice: Practice) -> Client:
    return signed_in(practice.client)


def test_a_client_plans_sees_changes_and_books(practice: Practice, web: Client) -> None:
    assert "Several dates at once" in web.get("/sessions/").content.decode()
    choice = web.get(PAGE).content.decode()
    assert "Preparation and three sessions" in choice
    assert "Preparation and six sessions" not in choice
    page = web.post(PAGE, {"template": "first-three", "from_day": "2026-11-30"}, follow=True).content.decode()
    assert "7 dates, proposed" in page
    assert "The day after the session" in page
    assert not Appointment.objects.exists()
    before = starts(Course.objects.get())
    shown = web.get(f"{PAGE}3/").content.decode()
    values = re.findall(r'name="start" value="([^"]+)"', shown)
    web.post(f"{PAGE}3/", {"start": values[-1]})
    after = starts(Course.objects.get())
    assert (after[:3], after[3][1].isoformat()) == (before[:3], values[-1])
    done = web.post(f"{PAGE}book/", {"key": str(uuid4())}, follow=True).content.decode()
    assert "All of it is booked." in done
    assert Appointment.objects.filter(state="booked", client=practice.client).count() == 7


def test_every_time_that_is_shown_for_a_date_can_be_had(practice: Practice, web: Client) -> None:
    proposed(practice)
    values = re.findall(r'name="start" value="([^"]+)"', web.get(f"{PAGE}1/").content.decode())
    assert len(values) > 5
    for value in values[:: max(1, len(values) // 5)]:
        assert web.post(f"{PAGE}1/", {"start": value}).status_code == 302
    assert web.post(f"{PAGE}1/", {"start": "2027-03-01T15:00:00+00:00"}).status_code == 422


def test_what_the_clinic_proposes_the_client_finds_and_takes(practice: Practice, web: Client) -> None:
    for by in (practice.therapist, practice.staff):
        clinic = signed_in(by)
        path = f"/course/{practice.client.pk}/"
        assert "Preparation and six sessions" in clinic.get(path).content.decode()
        assert "13 dates, proposed" in clinic.post(path, {"template": "first-six"}, follow=True).content.decode()
    assert "Dates proposed for you" in web.get("/sessions/").content.decode()
    page = web.get(PAGE).content.decode()
    assert "proposes these dates. They fit both your calendars." in page
    web.post(f"{PAGE}book/", {"key": str(uuid4())})
    assert Appointment.objects.filter(state="booked").count() == 13
    assert "course proposed" in [look.act for look in looks_at(practice.client)]


def test_the_clinic_books_and_lets_go_for_them(practice: Practice) -> None:
    desk, path = signed_in(practice.staff), f"/course/{practice.client.pk}/"
    desk.post(path, {"template": "first-three"})
    assert desk.post(f"{path}let-go/")["Location"] == f"/desk/clients/{practice.client.pk}/"
    assert not Course.objects.exists()
    desk.post(path, {"template": "first-three"})
    key = str(uuid4())
    for _ in range(2):
        assert "All of it is booked." in desk.post(f"{path}book/", {"key": key}, follow=True).content.decode()
    assert Appointment.objects.count() == 7
    assert "not proposed any more" in desk.post(f"{path}book/", {"key": str(uuid4())}, follow=True).content.decode()


def test_a_date_taken_meanwhile_is_replaced_and_marked_and_nothing_is_booked(practice: Practice, web: Client) -> None:
    course = proposed(practice)
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, practice.therapist, since=LONG_AGO)
    kind, start = starts(course)[3]
    practice.book(start, kind=kind, by=practice.staff, client=other)
    page = web.post(f"{PAGE}book/", {"key": str(uuid4())}, follow=True).content.decode()
    assert "Nothing is booked yet: one of the dates can&#x27;t be had any more." in page
    assert "The nearest that fit stand in its place, marked as changed." in page
    assert ">Changed</span>" in page
    assert not Appointment.objects.filter(client=practice.client).exists()


def test_what_cannot_be_planned_is_said_in_words_beside_the_choice(practice: Practice, web: Client) -> None:
    cleared(practice.client, date(2026, 12, 1))
    answer = web.post(PAGE, {"template": "first-three", "from_day": "2026-11-30"})
    assert answer.status_code == 422
    assert "No plan fits" in answer.content.decode()
    for said in ({}, {"template": "first-six"}, {"template": "first-three", "from_day": "2020-01-01"}, {"template": "x"}):
        assert web.post(PAGE, said).status_code == 422


def test_to_others_it_is_not_there(practice: Practice, web: Client) -> None:
    proposed(practice)
    path = f"/course/{practice.client.pk}/"
    for person in (practice.client, make_client(), make_therapist()):
        assert signed_in(person).get(path).status_code == 404
    for person in (practice.therapist, make_staff()):
        assert signed_in(person).get(PAGE).status_code == 404
    assert web.get(f"{PAGE}99/").status_code == 404
    assert signed_in(make_client()).get(f"{PAGE}1/").status_code == 404


def test_thirteen_dates_ask_no_more_than_seven(practice: Practice, web: Client) -> None:
    proposed(practice, "first-three")
    few = queries(web, PAGE)
    proposed(practice, "first-six")
    assert queries(web, PAGE) == few


def test_moving_and_cancelling_say_what_goes_along(practice: Practice, web: Client) -> None:
    session, _ = pair(booked(practice), 1)
    move_page = web.get(f"/sessions/{session.pk}/move/").content.decode()
    assert "Its integration meeting goes with it" in move_page
    shown = re.findall(r'name="start" value="([^"]+)"', move_page)
    said = web.post(f"/sessions/{session.pk}/move/", {"start": shown[-1]}, follow=True).content.decode()
    assert "Its integration meeting went with it:" in said
    assert "is cancelled with it" in web.get(f"/sessions/{session.pk}/cancel/").content.decode()
    desk = signed_in(practice.staff)
    assert "goes with it, in the days after" in desk.get(f"/desk/appointments/{session.pk}/move/").content.decode()
    assert "is cancelled with it" in desk.get(f"/desk/appointments/{session.pk}/cancel/").content.decode()


def test_an_integration_is_offered_only_near_its_session(practice: Practice, web: Client) -> None:
    session, meeting = pair(booked(practice), 1)
    values = re.findall(r'name="start" value="([^"]+)"', web.get(f"/sessions/{meeting.pk}/move/").content.decode())
    assert values
    assert all(str(session.starts.date()) < value[:10] <= str((session.ends + timedelta(hours=72)).date()) for value in values)


def test_where_no_template_is_for_clients_none_is_offered(practice: Practice, web: Client) -> None:
    AppointmentKind.objects.filter(pk="preparation").update(client_may_book=False)
    assert web.post(PAGE, {"template": "first-three"}).status_code == 404
