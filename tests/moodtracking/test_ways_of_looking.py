"""The calendar, the sessions laid over each other, what went together, and the table to take along."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from koru.people.models import Person
from moodtracking.codes import code
from moodtracking.models import SetAside
from tests.moodtracking.days import ago, held_session, told
from tests.people import make_client, make_therapist

pytestmark = pytest.mark.django_db
WAYS = ["/trends/", "/trends/days/", "/trends/sessions/", "/trends/together/"]


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def linked(person: Person, count: int = 30, tag: str = "outside") -> None:
    """Every other day outside and in a good mood, the others neither."""
    for back in range(count):
        with_it = back % 2 == 0
        told(person, {"mood": 2 if with_it else -1, "energy": 2}, at=ago(days=back, minutes=1), tags=[tag] if with_it else [])


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("count", [1, 30])
def test_each_way_asks_as_many_questions_for_a_month_as_for_a_day(
    signed_in: Client, person: Person, path: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held_session(person, ago(days=2))
    linked(person, count)
    signed_in.get(path)
    with django_assert_num_queries(QUERIES[path]):
        assert signed_in.get(path).status_code == 200


QUERIES = {"/trends/": 7, "/trends/days/": 6, "/trends/sessions/": 6, "/trends/together/": 7}


@pytest.mark.parametrize("path", WAYS)
def test_before_anything_was_told_each_way_says_what_will_be_there(signed_in: Client, path: str) -> None:
    assert signed_in.get(path).status_code == 200


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("odd", ["\x00", "٣٠", "x" * 5000, "../", "2026-02-30"])
def test_odd_addresses_are_met_calmly(signed_in: Client, person: Person, path: str, odd: str) -> None:
    told(person)
    for name in ("days", "line", "around"):
        assert signed_in.get(path, {name: odd}).status_code == 200
    answered = signed_in.get(path, {"from": odd, "to": "2026-01-01"})
    assert answered.status_code == (200 if path.endswith("together/") else 422)


def test_the_days_are_the_ones_picked(signed_in: Client, person: Person) -> None:
    told(person, {"mood": -3}, at=ago(days=10))
    told(person, {"mood": 3}, at=ago(days=200))
    picked = {"from": ago(days=210).date().isoformat(), "to": ago(days=190).date().isoformat()}
    page = signed_in.get("/trends/", picked).content.decode()
    assert "<td>very good</td>" in page
    assert "<td>very low</td>" not in page
    assert urlencode(picked).replace("&", "&amp;") in page


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-02", "2026-03-01", "The last day comes before the first."),
        ("1999-01-01", "2026-03-01", "nothing to look back on"),
        ("9999-01-01", "9999-01-02", "nothing to look back on"),
        ("2026-02-30", "2026-03-01", "Pick a day"),
        ("", "2026-03-01", "Pick a day"),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field_and_kept(signed_in: Client, first: str, last: str, words: str) -> None:
    answered = signed_in.get("/trends/", {"from": first, "to": last})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert words in page
    assert f'value="{last}"' in page


def test_the_calendar_says_each_day_in_words_and_leaves_empty_days_empty(signed_in: Client, person: Person) -> None:
    told(person, {"mood": 2, "tension": 4}, at=ago(minutes=1))
    page = signed_in.get("/trends/days/").content.decode()
    assert page.count('<span class="vh">good</span>') == 1
    assert page.count('<td><span class="n">') > 80
    other = signed_in.get("/trends/days/", {"line": code(person.pk, "tension")}).content.decode()
    assert '<span class="vh">very</span>' in other


def test_sessions_are_laid_over_each_other_by_days_since(signed_in: Client, person: Person) -> None:
    for back in (40, 10):
        held_session(person, ago(days=back))
        told(person, {"mood": 1}, at=ago(days=back - 3))
    page = signed_in.get("/trends/sessions/").content.decode()
    assert '<th scope="row">3 days after</th><td>okay</td><td>okay</td>' in page
    assert page.count('class="c-strand s1" d="M') >= 1


def test_what_went_together_is_asked_with_its_days(signed_in: Client, person: Person) -> None:
    linked(person)
    page = signed_in.get("/trends/together/").content.decode()
    assert "On 15 days with “outside”, “mood” was mostly good; on 15 without, a bit low." in page
    assert "Chance alone could do this too." in page
    assert "Over 30 days." in page
    assert "because" not in page


def test_a_question_set_aside_stays_away_for_good_and_can_be_asked_again(signed_in: Client, person: Person) -> None:
    linked(person)
    page = signed_in.get("/trends/together/")
    [question] = page.context["told"].questions
    for _ in range(2):
        assert signed_in.post("/trends/together/aside/", {"code": question.code}).status_code == 302
    assert SetAside.objects.count() == 1
    assert "“outside”, “mood”" not in signed_in.get("/trends/together/").content.decode()
    signed_in.post("/trends/together/again/")
    assert "“outside”, “mood”" in signed_in.get("/trends/together/").content.decode()


@pytest.mark.parametrize("odd", ["", "x", "\x00", "A" * 16, "a" * 100_000])
def test_a_code_that_is_none_sets_nothing_aside(signed_in: Client, odd: str) -> None:
    assert signed_in.post("/trends/together/aside/", {"code": odd}).status_code == 404
    assert not SetAside.objects.exists()


def test_one_client_sets_nothing_aside_for_another(signed_in: Client, person: Person) -> None:
    other = make_client()
    linked(person)
    SetAside.objects.create(client=other, code=signed_in.get("/trends/together/").context["told"].questions[0].code)
    signed_in.post("/trends/together/again/")
    assert len(signed_in.get("/trends/together/").context["told"].questions) == 1
    assert SetAside.objects.filter(client=other).exists()


def test_own_words_for_what_was_around_are_found_and_stay_out_of_the_address(signed_in: Client, person: Person) -> None:
    for word in ("Lake walk", "lake walk", ""):
        told(person, {"mood": 2}, own_tags=word)
    page = signed_in.get("/trends/together/")
    [around] = page.context["told"].around
    assert (around.word, around.count) == ("Lake walk", 1)
    shown = signed_in.get("/trends/together/", {"around": around.code}).content.decode()
    assert "c-rings" in shown
    assert "lake" not in around.code.lower()


def test_no_address_on_these_pages_names_a_question_or_a_tag(signed_in: Client, person: Person) -> None:
    told(person, {"mood": 1, "symptom:panic": 2}, tags=["alcohol"])
    for path in WAYS:
        page = signed_in.get(path).content.decode()
        linked_to = [part.split('"')[0] for part in page.split('href="')[1:]] + [
            part.split('"')[0] for part in page.split('value="')[1:]
        ]
        assert not [one for one in linked_to if "panic" in one or "alcohol" in one or "mood" in one]


def read(answered: Any) -> list[list[str]]:
    body = answered.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def test_the_table_to_take_along_has_every_value(signed_in: Client, person: Person) -> None:
    told(person, {"mood": -3, "energy": 4}, at=ago(minutes=5))
    told(person, {"mood": -1}, at=ago(minutes=1))
    answered = signed_in.get("/trends/csv/")
    assert answered["Content-Type"] == "text/csv; charset=utf-8"
    assert answered["Content-Disposition"].startswith('attachment; filename="days-20')
    assert answered["Cache-Control"] == "no-store"
    head, *rows = read(answered)
    assert head == ["Day", "What", "Value", "In words", "Check-ins"]
    assert [row[1:] for row in rows] == [["Mood", "-2.0", "low", "2"], ["Energy", "4", "full", "1"]]


def test_one_line_alone_and_nobody_elses(signed_in: Client, person: Person) -> None:
    told(person, {"mood": 1, "energy": 4})
    rows = read(signed_in.get(f"/trends/csv/{code(person.pk, 'mood')}/"))
    assert {row[1] for row in rows[1:]} == {"Mood"}
    assert signed_in.get(f"/trends/csv/{code(make_client().pk, 'mood')}/").status_code == 404


@pytest.mark.parametrize("path", [*WAYS, "/trends/csv/"])
def test_they_are_the_clients_own(client: Client, path: str) -> None:
    client.force_login(make_therapist())
    assert client.get(path).status_code == 404
