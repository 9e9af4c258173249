"""Stopping a kind of letter from the letter itself: GET asks, POST acts, no sign-in, and a way back."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from koru.reminders.choices import NotStoppable, opt_out, stop_like, stoppable_kinds, stopped_kinds
from koru.reminders.models import Letter, OptOut
from koru.reminders.sending import send_due
from koru.reminders.stopping import stop_path
from tests.people import make_client, make_clinic

from .letters import due_letter
from .test_sending import where_it_is_noon

pytestmark = pytest.mark.django_db
SCANNERS: tuple[dict[str, str], ...] = ({}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"})


def database() -> list[object]:
    return [*Letter.objects.order_by("pk").values_list(), *OptOut.objects.order_by("pk").values_list()]


@pytest.mark.parametrize("headers", SCANNERS)
def test_a_mail_scanner_that_opens_every_link_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    make_clinic()
    letter = due_letter(make_client(), "check-in", zone=where_it_is_noon())
    send_due()
    before = database()
    for url in set(re.findall(r"https://koru\.example\.org(/reminders/\S+)", str(mail.outbox[0].body))):
        assert client.get(url, headers=headers).status_code == 200
        assert client.head(url, headers=headers).status_code == 200
    assert database() == before
    assert letter.kind == "check-in"


def test_the_mail_programs_own_button_stops_by_one_post_without_a_cookie() -> None:
    make_clinic()
    person = make_client()
    due_letter(person, "check-in", zone=where_it_is_noon())
    send_due()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].removeprefix("<https://koru.example.org").removesuffix(">")
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert stopped_kinds(person) == {"check-in"}


def test_what_must_arrive_has_no_such_header() -> None:
    make_clinic()
    due_letter(make_client(), "appointment-changed")
    send_due()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_stopping_takes_back_what_is_on_its_way_and_undoing_lets_the_next_one_come(client: Client) -> None:
    person = make_client()
    letter = due_letter(person, "check-in", due_at=timezone.now())
    path = stop_path(letter.pk)
    page = client.post(path, follow=True)
    assert "These notes have stopped" in page.text
    letter.refresh_from_db()
    assert letter.withdrawn_why == "stopped"
    page = client.post(path, {"again": "yes"}, follow=True)
    assert "Stop these notes?" in page.text
    assert not OptOut.objects.exists()


def test_stopping_twice_is_as_once(client: Client) -> None:
    path = stop_path(due_letter(make_client(), "check-in").pk)
    client.post(path)
    client.post(path)
    assert OptOut.objects.count() == 1


def test_a_visitor_is_known_by_address_whatever_its_case(client: Client) -> None:
    make_clinic()
    first = due_letter(None, "consultation-soon", address="Ash@Example.org")
    client.post(stop_path(first.pk))
    due_letter(None, "consultation-soon", address="ash@example.org", zone=where_it_is_noon())
    assert send_due() == 0


def test_one_persons_choice_is_nobody_elses(client: Client) -> None:
    make_clinic()
    client.post(stop_path(due_letter(make_client(), "check-in").pk))
    due_letter(make_client(), "check-in", zone=where_it_is_noon())
    assert send_due() == 1


@pytest.mark.parametrize("signed", ["x", "0" * 32, f"{'0' * 32}.{'A' * 43}", "\u202e", "%00"])
def test_a_made_up_link_is_not_there(client: Client, signed: str) -> None:
    for answer in (client.get(f"/reminders/stop/{signed}/"), client.post(f"/reminders/stop/{signed}/")):
        assert answer.status_code == 404


def test_what_must_arrive_can_not_be_stopped_by_hand_either(client: Client) -> None:
    person = make_client()
    letter = due_letter(person, "appointment-changed")
    assert client.post(stop_path(letter.pk)).status_code == 404
    with pytest.raises(NotStoppable):
        stop_like(letter)
    with pytest.raises(NotStoppable):
        opt_out(person, "security", by=person)


def test_other_verbs_are_refused(client: Client) -> None:
    path = stop_path(due_letter(make_client(), "check-in").pk)
    assert {client.put(path).status_code, client.delete(path).status_code, client.patch(path).status_code} == {405}


def test_a_client_may_stop_each_kind_that_can_be_stopped() -> None:
    assert set(stoppable_kinds("client")) >= {"session-week", "session-tomorrow", "session-today", "check-in", "prompt-ready"}
    assert "appointment-changed" not in stoppable_kinds("client")
