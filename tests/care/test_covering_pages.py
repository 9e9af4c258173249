"""The page of covering: what it offers to whom, what it says when something is odd, and what the client reads of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.moments.spans import Span
from koru.people.clinic import clinic_today
from koru.people.covering import let_cover
from koru.people.models import Alliance, Cover, Person
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter
from koru.safety.noticing import notice
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db
REASON = "I am away these days."
PAGE = "/care/covering/"
ASKED = 13


@pytest.fixture
def pair(db: None) -> Alliance:
    make_clinic()
    return ally(make_client(display_name="Demo Rowan"), make_therapist(display_name="Demo Own"))


@pytest.fixture
def other(pair: Alliance) -> Person:
    return make_therapist(display_name="Demo Other")


def said(clients: list[Person], therapist: Person, days: int = 3, /, **more: object) -> dict[str, object]:
    today = clinic_today()
    return {
        "clients": [str(one.pk) for one in clients],
        "therapist": str(therapist.pk),
        "first": today.isoformat(),
        "last": (today + timedelta(days=days - 1)).isoformat(),
        "reason": REASON,
        **more,
    }


def cover(pair: Alliance, other: Person) -> Cover:
    start = timezone.now() - timedelta(minutes=1)
    return let_cover(pair.client, other, Span(start, start + timedelta(days=3)), REASON, by=pair.therapist)


def test_given_it_opens_the_record_tells_the_client_and_stands_on_their_list(
    client: Client, pair: Alliance, other: Person
) -> None:
    client.force_login(pair.therapist)
    answer = client.post(PAGE, said([pair.client], other), follow=True)
    assert "Demo Other covers for Demo Rowan." in answer.content.decode()
    assert [row.act for row in looks_at(pair.client)] == ["cover given"]
    (letter,) = Letter.objects.filter(to=pair.client, kind="somebody-covers", channel="mail")
    client.force_login(other)
    assert client.get(f"/care/{pair.client.pk}/").status_code == 200
    page = client.get(f"/care/{pair.client.pk}/").content.decode()
    assert "You cover for Demo Rowan" in page
    for link in re.findall(rf'href="(/care/{pair.client.pk}/[a-z-]+/)"', page):
        assert client.get(link).status_code == 200, link  # nothing is offered that isn't there
    assert "covering" in client.get("/care/").content.decode().lower()
    client.force_login(pair.client)
    page = client.get("/settings/who-looked/").content.decode()
    assert REASON in page
    assert "covering for your therapist" in page
    assert REASON not in str(letter.context)


def test_several_people_at_once_and_twice_is_once(client: Client, pair: Alliance, other: Person) -> None:
    second = ally(make_client(), pair.therapist).client
    client.force_login(pair.therapist)
    for _ in range(2):
        assert client.post(PAGE, said([pair.client, second], other)).status_code == 302
    assert Cover.objects.count() == 2
    assert Letter.objects.filter(kind="somebody-covers", channel="mail").count() == 2


def test_one_that_cannot_be_keeps_all_back_and_the_form_as_it_was(client: Client, pair: Alliance, other: Person) -> None:
    second = ally(make_client(display_name="Demo Wren"), pair.therapist).client
    ally(second, other)
    client.force_login(pair.therapist)
    answer = client.post(PAGE, said([pair.client, second], other))
    assert answer.status_code == 422
    assert "Demo Other works with Demo Wren already." in answer.content.decode()
    assert REASON in answer.content.decode()
    assert not Cover.objects.exists()


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({"days": 15}, "14 days at most."),
        ({"days": 0}, "The end comes after the start."),
        ({"first": "2020-01-01"}, "From today on."),
        ({"first": "2199-01-01", "last": "2199-01-02"}, "Half a year ahead at most."),
        ({"reason": ""}, "Say why: the client reads it."),
        ({"reason": "no"}, "at least 5"),
        ({"clients": []}, "Tick at least one person."),
        ({"clients": ["not-an-id"]}, "Pick from those shown."),
        ({"therapist": "not-an-id"}, "Pick a therapist of this clinic."),
    ],
)
def test_what_is_odd_is_said_beside_its_field(
    client: Client, pair: Alliance, other: Person, odd: dict[str, object], words: str
) -> None:
    client.force_login(pair.therapist)
    days, more = odd.get("days", 3), {name: value for name, value in odd.items() if name != "days"}
    answer = client.post(PAGE, said([pair.client], other, int(str(days)), **more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Cover.objects.exists()


def test_somebody_elses_client_cannot_be_named_but_a_lead_may(client: Client, pair: Alliance, other: Person) -> None:
    stranger, lead = make_therapist(), make_therapist(is_lead=True)
    client.force_login(stranger)
    assert client.post(PAGE, said([pair.client], other)).status_code == 422
    client.force_login(lead)
    assert client.post(PAGE, said([pair.client], other)).status_code == 302
    assert Cover.objects.get().given_by == lead
    assert f"/care/{pair.client.pk}/" not in client.get(PAGE).content.decode()  # a lead who says so doesn't read by it
    assert [row.role for row in looks_at(pair.client)] == ["lead"]


def test_ended_it_is_gone_at_the_next_request(client: Client, pair: Alliance, other: Person) -> None:
    made = cover(pair, other)
    client.force_login(other)
    assert client.get(f"/care/{pair.client.pk}/brief/").status_code == 200
    watching = Client()
    watching.force_login(pair.therapist)
    assert "reads no more from this minute" in watching.post(f"{PAGE}{made.pk}/end/", follow=True).content.decode()
    assert client.get(f"/care/{pair.client.pk}/brief/").status_code == 404
    assert "over already" in watching.post(f"{PAGE}{made.pk}/end/", follow=True).content.decode()
    assert watching.post(f"{PAGE}{pair.pk}/end/").status_code == 404


def test_a_flag_reaches_who_covers_and_can_be_answered_by_them(client: Client, pair: Alliance, other: Person) -> None:
    cover(pair, other)
    (flag,) = notice(pair.client, {"phq-9.item.9": 1}, about=uuid4(), by=pair.client)
    assert {letter.to for letter in Letter.objects.filter(kind="flag", channel="mail")} == {pair.therapist, other}
    client.force_login(other)
    assert client.get("/care/flags/").content.decode().count(f"/care/flags/{flag.pk}/") == 1
    assert client.post(f"/care/flags/{flag.pk}/seen/").status_code == 302
    flag.refresh_from_db()
    assert flag.acknowledged_by == other


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_as_often_for_one_as_for_twelve(
    client: Client, pair: Alliance, other: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        cover(ally(make_client(), pair.therapist), other)
    client.force_login(pair.therapist)
    with django_assert_num_queries(ASKED):
        assert client.get(PAGE).status_code == 200
