"""What asks "Is it still you?" though one is signed in: for five minutes an answer holds, then it is asked anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from koru.people.models import Person
from scheduling.models import CalendarFeed
from tests.people import make_client, make_clinic

from .test_sessions import PASSWORD, signed_in, with_address

pytestmark = pytest.mark.django_db
AGAIN = "/accounts/reauthenticate/"
Clock = Callable[[str], Any]


@pytest.fixture
def person(clock: Clock) -> Person:
    clock("2026-11-24T12:00:00Z")
    cache.clear()
    make_clinic()
    return with_address(make_client(password=PASSWORD))


OF_FACTORS = [
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
]


@pytest.mark.parametrize("path", OF_FACTORS)
def test_a_factor_is_changed_by_who_has_shown_within_five_minutes_that_it_is_still_them(
    person: Person, path: str, clock: Clock
) -> None:
    browser = signed_in(person)
    assert browser.get(path)["Location"].startswith(AGAIN)
    browser.post(AGAIN, {"password": PASSWORD, "next": path})
    answered = browser.get(path)
    assert not answered.get("Location", "").startswith(AGAIN)
    clock("2026-11-24T12:05:01Z")
    assert browser.get(path)["Location"].startswith(AGAIN)


def test_a_new_address_is_taken_from_who_has_just_shown_it(person: Person) -> None:
    browser = signed_in(person)
    asked = browser.post("/accounts/email/", {"action_add": "", "email": "new.address@example.org"})
    assert asked["Location"].startswith(AGAIN)


def test_an_address_that_opens_one_s_calendar_to_others_is_made_by_who_has_just_shown_it(person: Person) -> None:
    browser = signed_in(person)
    assert browser.post("/settings/calendar/make/")["Location"].startswith(AGAIN)
    assert not CalendarFeed.objects.exists()
    browser.post(AGAIN, {"password": PASSWORD, "next": "/settings/calendar/make/"})
    assert CalendarFeed.objects.filter(person=person).exists(), "it goes on by itself"


def test_who_guesses_is_stopped(person: Person) -> None:
    browser = Client()
    browser = signed_in(person)
    answers = [browser.post(AGAIN, {"password": f"guess {number}"}).status_code for number in range(12)]
    assert 429 in answers
    assert browser.post(AGAIN, {"password": PASSWORD}).status_code == 429
