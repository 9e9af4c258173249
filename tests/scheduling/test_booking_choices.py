"""What a client may choose on the booking page: whose time, a week or a day of it, the first that is open; and what it costs."""

import re
from datetime import UTC
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from scheduling.booking import Asked
from scheduling.holding import hold
from scheduling.models import Appointment, AppointmentKind, Skill
from tests.people import ally, make_staff, make_therapist

from .practice import Practice, at, kind_of, queries, works

MEETING = "kind=integration"


@pytest.fixture
def web(practice: Practice, client: Client) -> Client:
    client.force_login(practice.client)
    return client


@pytest.fixture
def other(practice: Practice) -> Person:
    """A second therapist of the client's, there in the mornings, who came later."""
    therapist = make_therapist(display_name="Demo Hazel")
    works(therapist, "08:00", "12:00")
    ally(practice.client, therapist)
    return therapist


def shown(web: Client, query: str) -> str:
    answer = web.get(f"/sessions/book/?for=2&{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def starts(page: str) -> list[str]:
    return re.findall(r'name="start" value="([^"]+)"', page.split('id="id_start_0"')[1])


def value(start: str) -> str:
    """As the page's radios say it."""
    return at(start).astimezone(UTC).isoformat()


def slot(page: str, start: str) -> str:
    found = re.search(rf'value="{re.escape(value(start))}".*?</label>', page)
    assert found
    return found.group()


def test_whoever_is_free_first_shows_each_time_once_with_whose_it_is(practice: Practice, web: Client, other: Person) -> None:
    page = shown(web, "with=anyone&place=room&week=2026-11-30")
    assert "whoever is free first" in page
    assert len(starts(page)) == len(set(starts(page)))
    assert "Demo Hazel" in slot(page, "2026-12-01 08:00")
    assert practice.therapist.display_name in slot(page, "2026-12-01 09:00"), "who has worked with them longest comes first"
    practice.book(at("2026-12-01 09:00"), kind="integration", client=practice.client, by=practice.staff)
    later = shown(web, "with=anyone&place=room&week=2026-11-30")
    assert value("2026-12-01 09:00") not in starts(later), "the client is busy then"


@pytest.mark.parametrize(("start", "is_other"), [("2026-12-01 08:00", True), ("2026-12-01 09:00", False)])
def test_booking_with_anyone_is_with_the_one_shown(
    practice: Practice, web: Client, other: Person, start: str, is_other: bool
) -> None:
    said = {"kind": "integration", "with": "anyone", "place": "video", "start": at(start).isoformat(), "key": str(uuid4())}
    assert web.post("/sessions/book/", said).status_code == 302
    assert Appointment.objects.get().therapist == (other if is_other else practice.therapist)


def test_what_is_held_with_the_second_is_booked_with_the_second(practice: Practice, web: Client, other: Person) -> None:
    asked = Asked(kind=kind_of("integration"), therapist=other, place="video", client=practice.client)
    hold(asked, at("2026-12-01 09:00"), by=practice.client)
    page = shown(web, "with=anyone&place=video&week=2026-11-30")
    assert "Held for you until" in page
    said = {"kind": "integration", "with": "anyone", "place": "video", "key": str(uuid4())}
    web.post("/sessions/book/", {**said, "start": at("2026-12-01 09:00").isoformat()})
    assert Appointment.objects.get(state="booked").therapist == other


def test_with_one_therapist_anyone_is_them(practice: Practice, web: Client) -> None:
    page = shown(web, "with=anyone")
    assert "whoever is free first" not in page
    assert practice.therapist.display_name in page


def test_a_therapist_who_does_not_give_a_kind_has_no_times_for_it(practice: Practice, web: Client, other: Person) -> None:
    Skill.objects.create(person=other, kind_id="dosing")
    assert not re.search(r'name="start" value="2026', shown(web, f"with={other.pk}"))
    assert "Demo Hazel" not in slot(shown(web, "with=anyone&week=2026-11-30"), "2026-12-01 09:00")


def test_one_day_at_a_time_has_that_days_times_and_the_open_days_beside_it(practice: Practice, web: Client) -> None:
    practice.therapist.availability_rules.filter(weekday__in=[2, 3]).delete()
    page = shown(web, "day=2026-12-04")
    assert {start[:10] for start in starts(page) if start[:10] != "2026-11-26"} == {"2026-12-04"}
    assert "Friday 4 December" in page
    assert "day=2026-12-03" in page
    assert "day=2026-12-05" in page
    empty = shown(web, "day=2026-12-02")
    assert "No open times" in empty
    assert "day=2026-11-30" in empty, "the nearest day before with something open"
    assert "week=2026-11-30" in empty


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "nonsense", "٣"])
def test_any_day_in_the_address_is_met_with_a_page(web: Client, day: str) -> None:
    shown(web, f"day={day}")


def test_the_first_open_time_is_one_tap_away_from_any_week(practice: Practice, web: Client) -> None:
    near, far = shown(web, ""), shown(web, "week=2026-12-14")
    first = starts(near)[0]
    assert "First open: Wed 25 Nov, 12:00 pm" in near
    assert starts(far)[0] == first
    assert len(starts(near)) == len(set(starts(near)))
    said = {"kind": "integration", "with": str(practice.therapist.pk), "place": "video", "start": first, "key": str(uuid4())}
    assert web.post("/sessions/book/", said).status_code == 302


def test_after_a_refusal_the_day_stays_the_day(practice: Practice, web: Client) -> None:
    practice.book(at("2026-12-04 10:00"), kind="integration")
    said = {"kind": "integration", "place": "video", "day": "2026-12-04", "key": str(uuid4())}
    answer = web.post("/sessions/book/", {**said, "start": at("2026-12-04 10:00").isoformat()})
    assert answer.status_code == 422
    assert "Friday 4 December" in answer.content.decode()


def test_price_rest_food_and_a_second_person_are_told_before_booking(practice: Practice, web: Client) -> None:
    AppointmentKind.objects.filter(pk="dosing").update(price_words="240 dollars", second_person="required")
    nurse = make_staff()
    works(nurse)
    Skill.objects.create(person=nurse, kind_id="dosing", part="second")
    page = unescape(web.get("/sessions/book/?for=0").content.decode())
    for words in ("240 dollars", "A second person of the clinic", "Some hours before go without food", "at least 2 days apart"):
        assert words in page
    assert "without food" not in shown(web, "")


def test_the_session_says_who_else_is_there(practice: Practice, web: Client) -> None:
    nurse = make_staff(display_name="Demo Alder")
    works(nurse)
    Skill.objects.create(person=nurse, kind_id="dosing", part="second")
    made = practice.book(at("2026-12-01 10:00"), by=practice.staff, second_person=nurse)
    assert "Demo Alder" in web.get(f"/sessions/{made.pk}/").content.decode()


def test_looking_with_anyone_asks_no_more_for_many_than_for_two(practice: Practice, web: Client, other: Person) -> None:
    few = queries(web, "/sessions/book/?for=2&with=anyone")
    for _ in range(6):
        third = make_therapist()
        works(third)
        ally(practice.client, third)
    assert queries(web, "/sessions/book/?for=2&with=anyone") == few


def test_the_public_page_offers_the_ways_that_a_talk_may_have_and_says_its_price(practice: Practice, client: Client) -> None:
    AppointmentKind.objects.filter(pk="consultation").update(by_video=False, price_words="Nothing")
    page = client.get("/consultation/").content.decode()
    assert "30 minutes · Nothing" in page
    assert re.findall(r'name="place" value="(\w+)"', page) == ["phone", "room"]
    assert 'name="at" value="' in page, "times for the first of them"
    said = {"place": "video", "at": at("2026-12-01 10:00").isoformat(), "name": "Demo Fern", "email": "fern@example.org"}
    assert client.post("/consultation/", {**said, "key": str(uuid4())}).status_code == 422
    assert not Appointment.objects.exists()
