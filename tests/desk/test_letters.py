"""The desk's page of letters: how they fare, those that did not arrive, and never an address or a word of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from koru.desk.letters_page import duration, reason
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from tests.desk.asked import request_without_time
from tests.people import make_client, make_therapist
from tests.reminders.letters import due_letter

pytestmark = pytest.mark.django_db
PAGE = "/desk/letters/"


def given_up(**fields: Any) -> Letter:
    to = fields.pop("to", None) or make_client(email=f"canary{Letter.objects.count()}@example.org")
    return due_letter(to, **{"failed_at": timezone.now(), "failure": "451", "attempts": 4, **fields})


def test_it_says_who_what_and_why_and_nothing_that_a_letter_says(desk: Client) -> None:
    context = {"where": "canary street", "path": "/canary/"}
    letter = given_up(context=context, token="canary-token", failure="550 5.1.1", bounced_at=timezone.now())
    page = desk.get(PAGE).text
    assert letter.to
    assert letter.to.display_name in page
    assert "Appointment booked, due" in page
    assert "There is no such address." in page
    assert "Came back" in page
    assert f"/desk/clients/{letter.to_id}/contact/" in page
    assert "canary" not in page


def test_a_visitor_is_known_by_their_request_and_an_unknown_one_is_somebody(desk: Client) -> None:
    asked = request_without_time(email="canary@example.org")
    due_letter(None, "consultation-booked", address="Canary@example.org", failed_at=timezone.now(), failure="451")
    due_letter(None, "consultation-booked", address="other@example.org", failed_at=timezone.now(), failure="451")
    page = desk.get(PAGE).text
    assert asked.name in page
    assert f"/desk/requests/{asked.pk}/contact/" in page
    assert "Somebody" in page
    assert "@example.org" not in page


def test_sent_again_it_waits_once_more_and_a_second_press_does_nothing(desk: Client) -> None:
    letter = given_up()
    first = desk.post(f"{PAGE}again/", {"letter": str(letter.pk)}, follow=True).text
    assert "One letter goes out again within a minute." in first
    letter.refresh_from_db()
    assert (letter.failed_at, letter.attempts, letter.handed_at, letter.failure) == (None, 0, None, "")
    assert Letter.objects.filter(UNSENT, try_at__lte=timezone.now()).get() == letter
    assert "That was done already." in desk.post(f"{PAGE}again/", {"letter": str(letter.pk)}, follow=True).text
    assert "Every letter that was due has been taken" in desk.get(PAGE).text


def test_all_are_sent_again_but_for_those_past_their_time(desk: Client) -> None:
    some, past = [given_up() for _ in range(3)], given_up(not_after=timezone.now() - timedelta(minutes=1))
    assert "Past its time" in desk.get(PAGE).text
    assert "3 letters go out again" in desk.post(f"{PAGE}again/", {"letter": "all"}, follow=True).text
    past.refresh_from_db()
    assert past.failed_at
    assert Letter.objects.waiting().count() == len(some)


def test_a_letter_that_came_back_after_it_was_taken_can_be_sent_again(desk: Client) -> None:
    moment = timezone.now()
    letter = due_letter(make_client(), handed_at=moment, sent_at=moment, bounced_at=moment, failure="5.1.1")
    desk.post(f"{PAGE}again/", {"letter": str(letter.pk)})
    letter.refresh_from_db()
    assert (letter.sent_at, letter.bounced_at) == (None, None)


def test_put_aside_it_is_off_every_list_with_its_fate_kept(desk: Client) -> None:
    letter = given_up()
    assert "Letters that did not arrive" in desk.get("/desk/").text
    assert "One letter is put aside." in desk.post(f"{PAGE}aside/", {"letter": str(letter.pk)}, follow=True).text
    letter.refresh_from_db()
    assert (letter.failure, bool(letter.failed_at)) == ("451", True)
    assert "Letters that did not arrive" not in desk.get("/desk/").text
    assert "That was done already." in desk.post(f"{PAGE}again/", {"letter": str(letter.pk)}, follow=True).text


@pytest.mark.parametrize("named", ["", "x", "0" * 32 + "z", "All"])
def test_what_names_no_letter_is_not_there(desk: Client, named: str) -> None:
    assert desk.post(f"{PAGE}again/", {"letter": named}).status_code == 404


def test_numbers_of_now_and_of_the_last_days(desk: Client) -> None:
    now = timezone.now()
    person = make_therapist()
    for late in (1, 2, 3, 200):
        due = now - timedelta(hours=1)
        due_letter(person, due_at=due, handed_at=due + timedelta(seconds=late), sent_at=now, attempts=1)
    due_letter(person, due_at=now - timedelta(hours=2), withdrawn_at=now, withdrawn_why="too late")
    due_letter(person, due_at=now - timedelta(minutes=12))
    due_letter(person, due_at=now + timedelta(hours=3))
    page = " ".join(desk.get(PAGE).text.split())
    assert "<dt>Planned ahead</dt><dd>1</dd><dt>Due now</dt><dd>1</dd>" in page
    assert "for 12 min" in page
    assert page.count("<td>4</td><td>2 s</td><td>3 min</td>") == 2
    assert page.count("<td>3 min</td><td>1</td>") == 2, "one was withdrawn as too late, in both times"


def test_one_letter_or_many_ask_the_same_number_of_questions(desk: Client) -> None:
    asked = []
    for number in (1, 9):
        for _ in range(number):
            given_up()
            due_letter(None, address="v@example.org", failed_at=timezone.now(), failure="451")
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 13


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("550 5.1.1", "There is no such address."),
        ("5.2.2", "The mailbox is full or closed."),
        ("554", "The mail server refused it."),
        ("451 4.3.0", "The mail server would not take it, four times."),
        ("no answer: TimeoutError", "The mail server fell silent, four times."),
        ("can't be written", "It could not be written. This is for whoever runs Koru."),
        ("an address that can't be written to", "The address is not one that can be written to."),
    ],
)
def test_each_answer_has_words(failure: str, words: str) -> None:
    assert reason(failure) == words


@pytest.mark.parametrize(("seconds", "words"), [(None, ""), (0.2, "0 s"), (59, "59 s"), (90, "2 min"), (7200, "2 h")])
def test_times_are_as_exact_as_needed(seconds: float | None, words: str) -> None:
    assert duration(seconds) == words
