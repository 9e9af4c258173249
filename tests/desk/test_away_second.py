"""A second person's sick day: the same time with another who sits in, ready to take; each told once, and none in two places."""

from datetime import date

import pytest
from django.test import Client

from koru.people.models import Person
from scheduling.models import Appointment, AppointmentChange, AppointmentKind
from scheduling.refusals import NobodySitsIn
from scheduling.sitting_in import sit_in
from tests.people import make_staff, make_therapist
from tests.scheduling.practice import Practice, at, queries
from tests.scheduling.test_second_person import sits_in

from .test_away import begin, do, page, told, ways

START = at("2026-12-01 11:00")


@pytest.fixture
def nurse(practice: Practice) -> Person:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="required")
    return sits_in(make_staff(display_name="Demo Ada"))


@pytest.fixture
def made(practice: Practice, nurse: Person) -> Appointment:
    return practice.book(START)


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def test_another_who_is_there_then_sits_in_and_is_told_and_nobody_else(
    practice: Practice, web: Client, nurse: Person, made: Appointment
) -> None:
    hazel = sits_in(make_therapist(display_name="Demo Hazel"))
    late = sits_in(make_staff(display_name="Demo Late"), "13:00", "17:00")
    absence = begin(web, practice, person=str(nurse.pk))
    found = ways(web, absence, made)
    assert found[0] == f"beside {hazel.pk}"
    assert f"beside {late.pk}" not in found
    assert "alone" not in found
    assert "; Demo Hazel sits in" in do(web, absence, made, found[0])
    made.refresh_from_db()
    assert (made.second_person, made.therapist, made.starts) == (hazel, practice.therapist, START)
    assert {one: told(made, one) for one in (hazel, nurse, practice.therapist, practice.client)} == {
        hazel: ["given"], nurse: [], practice.therapist: [], practice.client: [],
    }  # fmt: skip
    assert "1 of 1 settled" in page(web, absence)
    change = AppointmentChange.objects.filter(appointment=made).latest("at")
    assert (change.what, change.reason) == ("sits_in", "therapist_away")


def test_those_are_among_the_easy_ones_and_go_together(practice: Practice, web: Client, nurse: Person, made: Appointment) -> None:
    hazel = sits_in(make_therapist(display_name="Demo Hazel"))
    absence = begin(web, practice, person=str(nurse.pk))
    assert 'Demo Hazel</bdi> <span class="quiet">sits in' in page(web, absence)
    give = {"give": [f"{made.pk} {hazel.pk} {made.revision}"]}
    assert "1 keeps its time." in web.post(f"/desk/away/{absence.pk}/easy/", give, follow=True).content.decode()
    made.refresh_from_db()
    assert made.second_person == hazel
    assert "just changed this one" in web.post(f"/desk/away/{absence.pk}/easy/", give, follow=True).content.decode()
    assert told(made, hazel) == ["given"]


def test_where_nobody_has_to_sit_in_nobody_may(practice: Practice, web: Client, nurse: Person, made: Appointment) -> None:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="optional")
    absence = begin(web, practice, person=str(nurse.pk))
    assert ways(web, absence, made)[0] == "alone"
    do(web, absence, made, "alone")
    made.refresh_from_db()
    assert made.second_person is None
    assert "1 of 1 settled" in page(web, absence)


def test_each_line_of_a_second_person_asks_two_more(practice: Practice, web: Client, nurse: Person, made: Appointment) -> None:
    sits_in(make_therapist())
    absence = begin(web, practice, person=str(nurse.pk))
    few = queries(web, f"/desk/away/{absence.pk}/")
    AppointmentKind.objects.filter(pk="dosing").update(rest_days=0, rest_hours=0)
    practice.book(at("2026-12-02 11:00"))
    begin(web, practice, person=str(nurse.pk), last="2026-12-02")
    assert queries(web, f"/desk/away/{absence.pk}/") == few + 2


def test_who_is_not_there_by_their_hours_or_away_that_day_is_not_named_by_hand(
    practice: Practice, web: Client, nurse: Person, made: Appointment
) -> None:
    late, ill = sits_in(make_staff(display_name="Demo Late"), "13:00", "17:00"), sits_in(make_staff(display_name="Demo Ill"))
    begin(web, practice, person=str(ill.pk))
    for who in (late, ill):
        with pytest.raises(NobodySitsIn, match="By their hours"):
            sit_in(made, who, by=practice.staff)
    path = f"/desk/appointments/{made.pk}/second/"
    shown = web.get(path).content.decode()
    assert "Demo Late (not there then)" in shown
    assert "Demo Ada<" in shown
    answer = web.post(path, {"who": str(late.pk)})
    assert answer.status_code == 422
    assert "By their hours they aren" in answer.content.decode()
    made.refresh_from_db()
    assert made.second_person == nurse


def test_who_is_named_and_taken_out_again_within_two_minutes_hears_nothing(practice: Practice, nurse: Person) -> None:
    made = practice.book(at("2026-12-08 11:00"))
    hazel = sits_in(make_therapist())
    sit_in(made, hazel, by=practice.staff)
    assert (told(made, hazel), told(made, nurse)) == (["given"], ["cancelled"])
    sit_in(made, nurse, by=practice.staff)
    assert (told(made, hazel), AppointmentKind.objects.get(pk="dosing").second_person) == ([], "required")
    assert date(2026, 12, 8) == made.starts.date()
