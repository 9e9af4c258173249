"""Looking back: as many queries for a month of check-ins as for one, sessions marked, the table with the same words."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from koru.people.models import Person
from tests.moodtracking.days import ago, held_session, told
from tests.people import make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


@pytest.mark.parametrize("count", [1, 30])
def test_a_month_costs_as_many_queries_as_a_day(
    signed_in: Client, person: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for back in range(count):
        told(person, {"mood": 1, "energy": 2, "symptom:panic": 1}, at=ago(days=back, minutes=1))
    signed_in.get("/trends/")
    with django_assert_num_queries(7):
        assert signed_in.get("/trends/").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_a_day_with_thirty_check_ins_costs_as_many_queries_as_with_one(
    signed_in: Client, person: Person, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        told(person)
    signed_in.get("/check-in/")
    with django_assert_num_queries(11):
        page = signed_in.get("/check-in/").content.decode()
    assert page.count("<h3>") == count


@pytest.mark.parametrize("odd", ["", "31", "-1", "٣٠", "all'--", "x" * 5000])
def test_an_odd_span_is_a_month(signed_in: Client, odd: str) -> None:
    answered = signed_in.get("/trends/", {"days": odd})
    assert answered.status_code == 200
    assert answered.context["chosen"].choice == "30"


def test_a_session_is_marked_and_named_in_words(signed_in: Client, person: Person) -> None:
    told(person, at=ago(days=1))
    held_session(person, ago(days=3))
    page = signed_in.get("/trends/").content.decode()
    assert 'class="c-session"' in page
    assert "1 on " in page


def test_the_table_says_what_the_line_shows(signed_in: Client, person: Person) -> None:
    told(person, {"mood": -2}, at=ago(days=1))
    page = signed_in.get("/trends/").content.decode()
    assert "<td>low</td><td>1</td>" in page
    assert page.count('class="c-now"') == 1
    assert len(re.findall(r"M[\d.]+ [\d.]+h0", page)) == 1


def test_all_reaches_back_to_the_first(signed_in: Client, person: Person) -> None:
    told(person, at=ago(days=400))
    assert "<td>okay</td>" not in signed_in.get("/trends/?days=90").content.decode()
    assert "<td>okay</td>" in signed_in.get("/trends/?days=all").content.decode()


def test_before_the_first_check_in_the_page_says_what_will_be_here(signed_in: Client) -> None:
    assert "Lines will grow here" in signed_in.get("/trends/").content.decode()


def test_nobody_elses_check_ins_are_drawn(signed_in: Client) -> None:
    told(make_client())
    assert "c-now" not in signed_in.get("/trends/?days=all").content.decode()


@pytest.mark.parametrize("make", [make_therapist, make_staff])
def test_the_page_is_the_clients_own(client: Client, make: type) -> None:
    client.force_login(make())
    assert client.get("/trends/").status_code == 404
