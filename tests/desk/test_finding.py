"""Finding somebody and booking by phone: accents, digits, addresses; a new caller needs a name and a number."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from koru.desk.calling import Caller, book_caller
from koru.desk.finding import digits_of, find, matches
from koru.desk.reaching import correct_contact
from koru.desk.requests import NotYet, invite_to_account, mark_held
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.sealing.keyring import keyring
from scheduling.consultation import kind_of_talk
from scheduling.models import Appointment, ConsultationRequest
from scheduling.refusals import Refused
from tests.people import make_client
from tests.scheduling.practice import Practice, at, queries

from .asked import request_without_time, talk_at

TALK = at("2026-11-25 10:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def names(said: str) -> list[str]:
    with keyring():
        return [one.name for one in find(said).some]


@pytest.mark.parametrize("said", ["zoe", "ZOË", "zoe\u0308", "fern zoe", "marama", "zoe.m@", " Zoë  Fern "])
def test_names_are_found_without_case_accents_or_order(practice: Practice, said: str) -> None:
    make_client(display_name="Zoë Fern Mārama", email="zoe.m@example.org")
    assert names(said) == ["Zoë Fern Mārama"]


@pytest.mark.parametrize("said", ["0147", "555 0147", "(555) 0147", "+1 415-555-0147", "415.555.0147"])
def test_digits_of_a_phone_are_found_however_they_are_written(practice: Practice, said: str) -> None:
    make_client(display_name="Demo Zinnia", phone="+1 (415) 555-0147")
    request_without_time(name="Demo Teasel", phone="1 415 555 0147")
    make_client(display_name="Demo Other", phone="+1 415 555 9999")
    assert names(said) == ["Demo Zinnia", "Demo Teasel"]


def test_a_visitor_who_became_a_client_is_found_once(practice: Practice) -> None:
    client = make_client(display_name="Demo Zinnia")
    request_without_time(name="Demo Zinnia", client=client)
    assert names("zinnia") == ["Demo Zinnia"]


def test_who_has_left_isnt_found_and_nothing_finds_nobody(practice: Practice) -> None:
    make_client(display_name="Demo Zinnia", is_active=False)
    assert (names("zinnia"), names(""), names("  "), names("12")) == ([], [], [], [])


def test_the_page_and_the_fragment_ask_the_same_however_many_there_are(practice: Practice, web: Client) -> None:
    def crowd(count: int) -> None:
        for number in range(count):
            make_client(display_name=f"Demo Fir {number}", phone=f"+1 415 555 {number:04d}")
            request_without_time(name=f"Demo Fir {number}", phone="+1 415 555 1000", email=f"{uuid4()}@example.org")

    crowd(1)
    few = [queries(web, f"/desk/find/?q={said}") for said in ("fir", "555")]
    crowd(12)
    assert [queries(web, f"/desk/find/?q={said}") for said in ("fir", "555")] == few
    assert "and 18 more" in web.get("/desk/find/", {"q": "fir"}).content.decode()


def test_no_phone_is_shown_by_looking_for_it(practice: Practice, web: Client) -> None:
    make_client(display_name="Demo Zinnia", phone="+1 (415) 555-0147")
    page = web.get("/desk/find/", {"q": "5550147"}, headers={"HX-Request": "true"}).content.decode()
    assert "Demo Zinnia" in page
    assert "(415)" not in page
    assert "<html" not in page


@pytest.mark.parametrize("odd", ["\x00", "%", "_", "x" * 100_000, "\u202e", "'; --", '"', "++++", "٣٣٣٣"])
def test_odd_words_find_nobody_and_break_nothing(practice: Practice, web: Client, odd: str) -> None:
    for page in ("/desk/find/", "/desk/book/", "/desk/book/caller/"):
        assert web.get(page, {"q": odd}).status_code == 200


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_whole_name_finds_itself_whatever_its_signs(name: str, other: str) -> None:
    assert matches(name, digits_of(name), f"{other} {name.replace(chr(34), ' ')} x", "", "") or '"' in name or "\n" in name


def said(**more: Any) -> dict[str, Any]:
    plain = {"name": "Demo Sorrel", "phone": "+1 415 555 0147", "email": "", "place": "phone", "key": str(uuid4())}
    return {**plain, "first": TALK.isoformat(), **more}


def test_a_new_caller_is_booked_with_name_and_number_alone(practice: Practice, web: Client) -> None:
    page = web.get("/desk/book/caller/", {"q": "415 555 0147"}).content.decode()
    assert 'value="415 555 0147"' in page
    assert re.findall(r'name="first" value="([^"]+)"', page)
    answer = web.post("/desk/book/caller/", said(), follow=True)
    talk = Appointment.objects.get()
    asked = ConsultationRequest.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/appointments/{talk.pk}/"
    assert "Tell them the time." in answer.content.decode()
    assert (talk.starts, talk.place, talk.booked_by) == (TALK, "phone", practice.staff)
    assert (asked.name, asked.phone, asked.email, asked.state, asked.owner) == (
        "Demo Sorrel", "+1 415 555 0147", "", "booked", practice.staff,
    )  # fmt: skip
    assert not Letter.objects.filter(to=None).exists()


def test_with_an_address_they_have_the_letters_of_any_visitor(practice: Practice, web: Client) -> None:
    web.post("/desk/book/caller/", said(email="Sorrel@Example.org"))
    assert Letter.objects.get(kind="consultation-booked").address == "sorrel@example.org"


def test_sent_twice_a_caller_is_booked_once(practice: Practice, web: Client) -> None:
    form = said()
    assert web.post("/desk/book/caller/", form)["Location"] == web.post("/desk/book/caller/", form)["Location"]
    assert (Appointment.objects.count(), ConsultationRequest.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"phone": ""},
        {"phone": "12"},
        {"email": "sorrel"},
        {"name": "Demo\nSorrel"},
        {"first": "soon"},
        {"place": "room"},
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(practice: Practice, web: Client, wrong: dict[str, str]) -> None:
    answer = web.post("/desk/book/caller/", said(**wrong))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not ConsultationRequest.objects.exists()
    if "name" not in wrong:
        assert 'value="Demo Sorrel"' in answer.content.decode()


def test_a_time_just_taken_keeps_the_form_and_writes_nobody_down(practice: Practice, web: Client) -> None:
    talk_at(TALK)
    answer = web.post("/desk/book/caller/", said())
    assert (answer.status_code, "just been taken" in answer.content.decode()) == (422, True)
    assert 'value="Demo Sorrel"' in answer.content.decode()
    assert ConsultationRequest.objects.count() == 1
    with pytest.raises(Refused):
        book_caller(
            kind_of_talk(), Caller("Demo Sorrel", "123456", "phone", "America/New_York"), TALK, by=practice.staff, key=uuid4()
        )
    assert ConsultationRequest.objects.count() == 1


def test_the_key_in_a_field_shows_times_and_books_nothing(practice: Practice, web: Client) -> None:
    """Enter in a field presses the first button of a form: here it only looks."""
    page = web.get("/desk/book/caller/").content.decode()
    assert re.findall(r'<button type="submit"[^>]*name="(\w+)"', page.split('action="/desk/book/caller/"')[1])[0] == "show"
    answer = web.post("/desk/book/caller/", said(show="1"))
    assert (answer.status_code, Appointment.objects.count()) == (200, 0)
    assert 'value="Demo Sorrel"' in answer.content.decode()


def test_one_press_on_a_first_open_time_books_a_client(practice: Practice, web: Client) -> None:
    page = web.get("/desk/book/", {"client": str(practice.client.pk)}).content.decode()
    form = page.split('action="/desk/book/"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("<section")[0]))
    first = re.findall(r'name="first" value="([^"]+)"', form)[0]
    answer = web.post("/desk/book/", {**hidden, "first": first}, follow=True)
    assert "Booked." in answer.content.decode()
    assert Appointment.objects.get().client == practice.client


def test_the_first_times_are_no_more_than_two_of_a_day(practice: Practice, web: Client) -> None:
    page = web.get("/desk/book/", {"client": str(practice.client.pk)}).content.decode()
    days = [start[:10] for start in re.findall(r'name="first" value="([^"]+)"', page)]
    assert max(days.count(day) for day in days) <= 2


def test_without_an_address_nobody_is_invited_until_there_is_one(practice: Practice) -> None:
    talk = book_caller(
        kind_of_talk(), Caller("Demo Sorrel", "123456", "phone", "America/New_York"), TALK, by=practice.staff, key=uuid4()
    )
    assert talk.request
    mark_held(talk.request, by=practice.staff)
    with pytest.raises(NotYet, match="mail address"):
        invite_to_account(talk.request, by=practice.staff, therapist=None)
    correct_contact(talk.request, name="Demo Sorrel", email="sorrel@example.org", phone="123456", by=practice.staff)
    assert invite_to_account(talk.request, by=practice.staff, therapist=None).email == "sorrel@example.org"


def test_a_corrected_address_has_the_letters_and_the_old_one_none(practice: Practice, web: Client) -> None:
    asked = talk_at(TALK + timedelta(days=3))
    contact = {"name": "Demo Mallow", "email": "right@example.org", "phone": ""}
    assert web.post(f"/desk/requests/{asked.pk}/contact/", contact).status_code == 302
    unsent = Letter.objects.filter(to=None, withdrawn_at=None, sent_at=None)
    assert set(unsent.values_list("address", flat=True)) == {"right@example.org"}
    before = unsent.count()
    assert web.post(f"/desk/requests/{asked.pk}/contact/", contact).status_code == 302
    assert unsent.count() == before
    assert web.post(f"/desk/requests/{asked.pk}/contact/", {**contact, "email": ""}).status_code == 422


def test_a_client_isnt_found_by_who_isnt_of_the_desk(practice: Practice) -> None:
    for person in (practice.client, practice.therapist, Person.objects.create_user("admin@example.org", role="admin")):
        other = Client()
        other.force_login(person)
        assert other.get("/desk/find/", {"q": "demo"}).status_code == 404
