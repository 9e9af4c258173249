"""Operators see how letters fare, send given-up ones again, and read none of them."""

import pytest
from django.test import Client
from django.utils import timezone

from koru.reminders.models import Letter
from tests.people import make_admin, make_client, make_staff

from .letters import due_letter

pytestmark = pytest.mark.django_db
PAGES = "/admin/reminders/letter/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_admin())
    return client


def given_up() -> Letter:
    context = {"where": "canary street", "path": "/canary/"}
    letter = due_letter(None, "consultation-booked", address="canary@example.org", context=context, token="canary-token")
    Letter.objects.update(failed_at=timezone.now(), failure="550 5.1.1", attempts=4)
    return letter


def test_the_list_and_the_page_show_the_fate_and_no_words_links_or_addresses(operator: Client) -> None:
    letter = given_up()
    for path in (PAGES, f"{PAGES}?state=given+up", f"{PAGES}{letter.pk}/change/"):
        page = operator.get(path)
        assert page.status_code == 200
        assert "550 5.1.1" in page.text
        assert "canary" not in page.text


def test_a_given_up_letter_is_sent_again_and_a_sent_one_is_not(operator: Client) -> None:
    letter, done = given_up(), due_letter(make_client(), sent_at=timezone.now(), handed_at=timezone.now())
    operator.post(PAGES, {"action": "send_again", "_selected_action": [str(letter.pk), str(done.pk)]})
    letter.refresh_from_db()
    done.refresh_from_db()
    assert (letter.failed_at, letter.attempts) == (None, 0)
    assert done.sent_at


def test_nobody_adds_or_deletes_letters_by_hand(operator: Client) -> None:
    letter = given_up()
    assert operator.get(f"{PAGES}add/").status_code == 403
    assert operator.post(f"{PAGES}{letter.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_do_not_come_in(client: Client) -> None:
    client.force_login(make_staff())
    assert client.get(PAGES).status_code in {302, 403, 404}
