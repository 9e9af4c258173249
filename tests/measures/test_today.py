"""A form that is due stands on the first page as one quiet card, and never on a day of rest."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from scheduling.models import Appointment
from tests.care.world import appointment

from .world import Pair, assigned, filled, make_pair, signed_in

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
CARD = "Every question can be skipped."


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock("2026-11-16T15:00:00Z")
    return make_pair()


def page_of(pair: Pair) -> str:
    return signed_in(pair[0]).get("/today/").content.decode()


def session(pair: Pair, at: str, state: str = "booked") -> None:
    row = appointment(*pair, datetime.fromisoformat(at), state)
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")


def test_what_is_due_is_one_card_for_all_of_it(pair: Pair) -> None:
    assert CARD not in page_of(pair)
    assigned(pair, "phq-9")
    assert "A short form is ready" in page_of(pair)
    assigned(pair, "gad-7")
    page = page_of(pair)
    assert page.count(CARD) == 1
    assert "About 4 minutes" in page


def test_once_it_is_filled_in_the_card_is_gone(pair: Pair) -> None:
    assigned(pair)
    filled(pair[0], [1] * 9)
    assert CARD not in page_of(pair)


@pytest.mark.parametrize("at", ["2026-11-16T19:00:00+00:00", "2026-11-15T15:00:00+00:00"])
def test_on_a_session_and_the_day_after_nothing_is_asked(pair: Pair, at: str) -> None:
    assigned(pair)
    session(pair, at, "met" if at < "2026-11-16" else "booked")
    assert CARD not in page_of(pair)
    assert "Open it" not in signed_in(pair[0]).get("/measures/").content.decode()


def test_it_asks_no_more_questions_for_many_than_for_one(pair: Pair, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    assigned(pair)
    browser = signed_in(pair[0])
    browser.get("/today/")
    with django_assert_num_queries(3):
        browser.get("/today/")
    for slug in ("gad-7", "pcl-5"):
        assigned(pair, slug, "monthly")
    with django_assert_num_queries(3):
        browser.get("/today/")
