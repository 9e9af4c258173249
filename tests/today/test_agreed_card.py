"""What was agreed, on the client's first page: a line or two with its tick, and nothing when nothing is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from scheduling.models import AgreedLine, Appointment
from tests.care.world import appointment, make_pair, signed_in
from tests.scheduling.agreed import agreed, turned

Pair = tuple[Person, Person]
CARD = 'id="agreed"'
pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def today(browser: Client) -> str:
    answer = browser.get("/today/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_stands_there_while_nothing_is_open(pair: Pair) -> None:
    browser = signed_in(pair[0])
    assert CARD not in today(browser)
    line = turned(agreed(*pair), "rests", pair[0])
    assert CARD not in today(browser)
    AgreedLine.objects.filter(pk=line.pk).update(state="waits", ask_at=timezone.now())
    assert CARD not in today(browser)


def test_two_stand_there_and_the_others_are_a_link_away(pair: Pair) -> None:
    for number in range(5):
        agreed(*pair, f"Thing {number}")
    page = today(signed_in(pair[0]))
    assert "Thing 0" in page
    assert "Thing 1" in page
    assert "Thing 2" not in page
    assert ">3 more<" in page


def test_a_tick_leads_back_here_and_can_be_taken_back_for_a_day(pair: Pair) -> None:
    line, browser = agreed(*pair, "Walk after lunch"), signed_in(pair[0])
    path = f"/sessions/agreed/{line.pk}/"
    for to, other in (("done", "open"), ("open", "done"), ("done", "open")):
        answer = browser.post(path, {"from": "today", "to": to})
        assert (answer.status_code, answer["Location"]) == (302, "/today/#agreed")
        page = today(browser)
        assert f'name="to" value="{other}"' in page
        assert "Walk after lunch" in page
    AgreedLine.objects.filter(pk=line.pk).update(turned_at=timezone.now() - timedelta(hours=25))
    assert CARD not in today(browser)


def test_of_many_ticks_the_last_one_stands_beside_what_is_open(pair: Pair) -> None:
    lines = [agreed(*pair, f"Thing {number}") for number in range(5)]
    for line in (lines[2], lines[0]):
        turned(line, "done", pair[0])
    page = today(signed_in(pair[0]))
    assert [number for number in range(5) if f"Thing {number}" in page] == [0, 1, 3]


@pytest.mark.parametrize("starts_in", [timedelta(hours=2), timedelta(minutes=-20)])
def test_on_the_day_of_a_session_and_after_it_began_it_rests(
    pair: Pair, clock: Callable[[str], object], starts_in: timedelta
) -> None:
    clock("2026-11-24T17:00:00+00:00")
    agreed(*pair)
    browser = signed_in(pair[0])
    assert CARD in today(browser)
    row = appointment(*pair, timezone.now() + starts_in)
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")
    assert CARD not in today(browser)
