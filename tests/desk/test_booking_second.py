"""The desk's booking page where somebody sits in: the first who is free, or who is named; held and booked as shown."""

import pytest
from django.test import Client

from koru.people.models import Person
from scheduling.models import Appointment, AppointmentKind, Skill
from tests.people import make_staff, make_therapist
from tests.scheduling.practice import Practice, at
from tests.scheduling.test_second_person import sits_in

from .asked import request_without_time
from .test_booking import PAGE, said

START = at("2026-12-01 10:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


@pytest.fixture
def two(practice: Practice) -> tuple[Person, Person]:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="required")
    return sits_in(make_staff(display_name="Demo Ada")), sits_in(make_therapist(display_name="Demo Hazel"))


def test_the_first_free_sits_in_unless_somebody_is_named(practice: Practice, web: Client, two: tuple[Person, Person]) -> None:
    ada, hazel = two
    page = web.get(PAGE, said(practice)).content.decode()
    assert "Whoever is free first" in page
    field = page.split('id="second"')[1].split("</select>")[0]
    assert field.index("Demo Ada</option>") < field.index("Demo Hazel</option>")
    web.post(PAGE, said(practice))
    assert Appointment.objects.get().second_person == ada
    Appointment.objects.all().delete()
    web.post(PAGE, said(practice, second=str(hazel.pk)))
    assert Appointment.objects.get().second_person == hazel


def test_who_is_named_is_held_and_booked_as_the_same_row(practice: Practice, web: Client, two: tuple[Person, Person]) -> None:
    _, hazel = two
    page = web.post(f"{PAGE}hold/", said(practice, second=str(hazel.pk)), follow=True).content.decode()
    assert "<dt>Sits in</dt><dd><bdi>Demo Hazel</bdi></dd>" in page
    held = Appointment.objects.get()
    assert f"&amp;second={hazel.pk}#choice" in web.get(PAGE, said(practice, "integration")).content.decode()
    web.post(PAGE, said(practice, second=str(hazel.pk)))
    assert [(one.pk, one.state, one.second_person) for one in Appointment.objects.all()] == [(held.pk, "booked", hazel)]


def test_times_shown_are_those_of_who_is_named(practice: Practice, web: Client, two: tuple[Person, Person]) -> None:
    late = sits_in(make_staff(), "13:00", "17:00")
    page = web.get(PAGE, said(practice, second=str(late.pk), week="2026-11-30")).content.decode()
    assert at("2026-12-01 10:00").isoformat() not in page
    answer = web.post(PAGE, said(practice, second=str(late.pk)))
    assert answer.status_code == 422
    assert "Nobody is free then to sit in." in answer.content.decode()


def test_where_nobody_has_to_the_field_says_nobody_and_without_anybody_named_it_is_not_there(
    practice: Practice, web: Client, two: tuple[Person, Person]
) -> None:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="optional")
    page = web.get(PAGE, said(practice)).content.decode()
    assert '<option value="">Nobody</option>' in page
    assert 'id="second"' not in web.get(PAGE, said(practice, "integration")).content.decode()
    Skill.objects.all().delete()
    assert 'id="second"' not in web.get(PAGE, said(practice)).content.decode()


def test_who_leads_is_not_among_them_and_a_name_for_another_kind_says_nothing(
    practice: Practice, web: Client, two: tuple[Person, Person]
) -> None:
    _, hazel = two
    page = web.get(PAGE, said(practice) | {"with": str(hazel.pk)}).content.decode()
    assert page.split('id="second"')[1].split("</select>")[0].count("<option") == 2
    for odd in (str(practice.client.pk), "x", str(hazel.pk)):
        assert web.get(PAGE, said(practice, "integration", second=odd)).status_code == 200


def test_a_visitors_talk_may_have_one_too(practice: Practice, web: Client, two: tuple[Person, Person]) -> None:
    AppointmentKind.objects.filter(pk="consultation").update(second_person="optional")
    ada, asked = two[0], request_without_time()
    Skill.objects.create(person=ada, kind_id="consultation", part="second")
    form = said(practice, second=str(ada.pk)) | {"request": str(asked.pk), "client": ""}
    assert web.post(PAGE, form).status_code == 302
    assert Appointment.objects.get().second_person == ada
