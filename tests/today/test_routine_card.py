"""A routine on the first page: one tap, what fits the hour, and silence on the day of a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from scheduling.keeping_routine import rest
from scheduling.models import Appointment, Routine
from scheduling.routine_content import load
from tests.care.world import appointment, signed_in
from tests.people import ally, make_client, make_clinic, make_therapist
from tests.scheduling.routine import begun, days_of

Clock = Callable[[str], time_machine.Traveller]
CARD = 'id="routine"'
pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan(clock: Clock) -> Person:
    clock("2026-11-24T14:00:00Z")  # nine in the morning in New York
    make_clinic()
    client = make_client()
    ally(client, make_therapist())
    return client


@pytest.fixture
def web(rowan: Person) -> Client:
    return signed_in(rowan)


def page_of(web: Client) -> str:
    return web.get("/today/").content.decode()


def session(client: Person, starts_in: timedelta) -> None:
    row = appointment(client, make_therapist(), timezone.now() + starts_in)
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")


def test_without_a_routine_there_is_a_way_to_one_and_no_card(web: Client) -> None:
    page = page_of(web)
    assert CARD not in page
    assert 'href="/routine/"' in page


def test_one_tap_marks_it_and_the_next_takes_it_back(web: Client, rowan: Person) -> None:
    routine = begun(rowan)
    assert load().words.yours in page_of(web)
    path, tap = f"/routine/{routine.pk}/mark/", {"from": "today", "how": "done"}
    assert web.post(path, tap)["Location"] == "/today/#routine"
    assert days_of(routine) == {"2026-11-24": "done"}
    assert 'aria-pressed="true"' in page_of(web)
    answer = web.post(path, {**tap, "how": ""}, headers={"HX-Request": "true"}).content.decode()
    assert CARD in answer
    assert "<html" not in answer
    assert days_of(routine) == {}


def test_it_shows_what_fits_the_hour_and_what_was_answered_today(web: Client, rowan: Person, clock: Clock) -> None:
    morning, evening = begun(rowan, "open the curtains", part="morning"), begun(rowan, "dim the lamp", part="evening")
    page = page_of(web)
    assert "open the curtains" in page
    assert "dim the lamp" not in page
    web.post(f"/routine/{morning.pk}/mark/", {"how": "rested"})
    clock("2026-11-25T01:30:00Z")  # half past eight in the evening
    page = page_of(web)
    assert "dim the lamp" in page
    assert "open the curtains" in page
    assert "(rested)" in page
    rest(evening.pk, by=rowan)
    rest(morning.pk, by=rowan)
    assert CARD not in page_of(web)


def test_on_the_day_of_a_session_and_its_quiet_evening_it_asks_nothing(web: Client, rowan: Person) -> None:
    begun(rowan)
    session(rowan, timedelta(hours=3))
    assert CARD not in page_of(web)
    Appointment.objects.all().delete()
    session(rowan, timedelta(minutes=-20))
    page = page_of(web)
    assert "Nothing to do now" in page
    assert CARD not in page


def test_after_days_away_it_says_welcome_back_on_the_card(web: Client, rowan: Person) -> None:
    routine = begun(rowan)
    assert load().words.back not in page_of(web)
    Routine.objects.filter(pk=routine.pk).update(since=timezone.now() - timedelta(days=5))
    assert load().words.back in page_of(web)
    web.post(f"/routine/{routine.pk}/mark/", {"how": "done"})
    assert load().words.back not in page_of(web)
