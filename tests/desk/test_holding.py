"""The desk holds a time while it talks on the phone: for a client, or for a visitor who asked for a talk."""

from uuid import uuid4

import pytest
from django.test import Client

from scheduling.models import Appointment
from tests.scheduling.practice import Practice, at

from .asked import request_without_time
from .test_booking import said

PAGE = "/desk/book/"
START = at("2026-12-01 10:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def test_held_for_a_client_it_is_booked_as_the_same_row(practice: Practice, web: Client) -> None:
    page = web.post(f"{PAGE}hold/", said(practice, way_home="Demo Lark"), follow=True).content.decode()
    held = Appointment.objects.get()
    assert (held.state, held.client, held.booked_by) == ("held", practice.client, practice.staff)
    assert "Held until 12:10 pm" in page
    assert "They can move or cancel it themselves until Sunday 29 November, 10:00 am" in page
    assert 'value="Demo Lark"' in page
    web.post(PAGE, said(practice))
    assert [(one.pk, one.state) for one in Appointment.objects.all()] == [(held.pk, "booked")]


def test_held_for_a_visitor_it_is_their_talk_only_when_booked(practice: Practice, web: Client) -> None:
    request = request_without_time()
    form = {"request": str(request.pk), "with": str(practice.therapist.pk), "place": "phone", "key": str(uuid4())}
    form |= {"start": at("2026-12-02 10:00").isoformat()}
    assert "Held until 12:10 pm" in web.post(f"{PAGE}hold/", form, follow=True).content.decode()
    assert "Offer a time" in web.get(f"/desk/requests/{request.pk}/").content.decode()
    held = Appointment.objects.get()
    web.post(PAGE, form)
    assert [(one.pk, one.state) for one in Appointment.objects.all()] == [(held.pk, "booked")]
    request.refresh_from_db()
    assert request.state == "booked"


def test_longer_once_and_let_go(practice: Practice, web: Client) -> None:
    web.post(f"{PAGE}hold/", said(practice))
    assert "Held until 12:20 pm" in web.post(f"{PAGE}longer/", said(practice), follow=True).content.decode()
    assert "ten minutes longer" not in web.get(PAGE, said(practice)).content.decode()
    web.post(f"{PAGE}let-go/", said(practice, held=str(Appointment.objects.get().pk)))
    assert not Appointment.objects.exists()


def test_a_time_held_by_the_client_themselves_is_taken(practice: Practice, web: Client) -> None:
    own = Client()
    own.force_login(practice.client)
    own.post("/sessions/book/hold/", {**said(practice), "kind": "dosing", "place": "room"})
    answer = web.post(f"{PAGE}hold/", said(practice), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "That time has just been taken." in answer.content.decode()


def test_the_day_shows_it_without_a_page_of_its_own(practice: Practice, web: Client) -> None:
    web.post(f"{PAGE}hold/", said(practice))
    held = Appointment.objects.get()
    day = web.get("/desk/?day=2026-12-01").content.decode()
    assert "Held until 12:10 pm" in day
    assert f"/desk/appointments/{held.pk}/" not in day
    assert web.get(f"/desk/appointments/{held.pk}/").status_code == 404
