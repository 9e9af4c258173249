"""The check-in behind a note's link: it adds one, reads nothing, and acts on POST alone."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.quick_links import LASTS, signed
from koru.reminders.stopping import stop_path
from koru.ui.logs import log
from moodtracking.models import CheckIn
from moodtracking.quick import COOKIE, LIMITS
from tests.moodtracking.days import told
from tests.people import make_client, make_therapist
from tests.reminders.letters import due_letter

pytestmark = pytest.mark.django_db
HERE = "/check-in/quick/"


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


def note(person: Person, **fields: Any) -> Letter:
    now = timezone.now()
    return due_letter(person, "check-in", handed_at=now, sent_at=now, **{"due_at": now, **fields})


def link(letter: Letter) -> str:
    return f"{HERE}{signed(letter.pk)}/"


def followed(browser: Client, letter: Letter) -> Client:
    assert browser.get(link(letter))["Location"] == HERE
    return browser


def test_three_taps_and_done_without_signing_in(client: Client, person: Person) -> None:
    answered = followed(client, note(person)).post(HERE, {"mood": "1", "energy": "2", "tension": "0"}, follow=True)
    assert answered.redirect_chain == [(f"{HERE}kept/", 302)]
    row = CheckIn.objects.get()
    assert (row.client, row.answers) == (person, {"mood": 1, "energy": 2, "tension": 0})
    assert (timezone.now() - row.at).total_seconds() < 60


def test_scanners_that_follow_the_link_change_nothing(client: Client, person: Person) -> None:
    path = link(note(person))
    for headers in ({}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}):
        for ask in (client.get, client.head):
            assert ask(path, headers=headers).status_code == 302
            assert ask(HERE, headers=headers).status_code == 200
    assert client.post(path).status_code == 405
    assert not CheckIn.objects.exists()


def test_done_twice_is_one_check_in_and_the_later_taps_count(client: Client, person: Person) -> None:
    browser = followed(client, note(person))
    for mood in ("1", "1", "-1"):
        browser.post(HERE, {"mood": mood, "energy": "2"})
    assert CheckIn.objects.get().answers == {"mood": -1, "energy": 2}


def test_the_link_on_another_device_changes_the_same_check_in_within_the_sitting(person: Person) -> None:
    letter = note(person)
    for mood in ("1", "2"):
        followed(Client(), letter).post(HERE, {"mood": mood})
    assert CheckIn.objects.get().answers == {"mood": 2}


def test_after_the_sitting_the_link_rests_and_what_was_said_stays(client: Client, person: Person) -> None:
    letter = note(person)
    browser = followed(client, letter)
    browser.post(HERE, {"mood": "1"})
    CheckIn.objects.update(recorded_at=timezone.now() - timedelta(minutes=11), at=timezone.now() - timedelta(minutes=11))
    for answered in (browser.get(HERE), browser.post(HERE, {"mood": "-3"}), Client().get(link(letter))):
        assert answered.status_code == 404
        assert "This link rests now" in answered.content.decode()
    assert CheckIn.objects.get().answers == {"mood": 1}


def test_nothing_of_the_past_and_no_name_is_shown(client: Client) -> None:
    person = make_client(display_name="Demo Canary", zone="America/Denver")
    told(person, {"mood": -3}, note="canary words", own_tags="canary tag")
    browser = followed(client, note(person))
    browser.post(HERE, {"mood": "2", "energy": "4"})
    for path in (HERE, f"{HERE}kept/"):
        page = browser.get(path).content.decode()
        assert "anary" not in page
        assert person.email not in page
        assert str(person.pk) not in page
        assert " checked" not in page


def test_it_opens_nothing_else(client: Client, person: Person) -> None:
    browser = followed(client, note(person))
    for path in ("/today/", "/check-in/", "/trends/"):
        assert browser.get(path).status_code == 302
    assert "koru_session" not in browser.cookies


@pytest.mark.parametrize(
    "odd", [{}, {"mood": "9"}, {"mood": "\x00"}, {"mood": "٣"}, {"tension": "1e9"}, {"energy": "x" * 100_000}]
)
def test_an_odd_answer_is_told_beside_its_question(client: Client, person: Person, odd: dict[str, str]) -> None:
    answered = followed(client, note(person)).post(HERE, odd)
    assert answered.status_code == 422
    assert 'role="alert"' in answered.content.decode()
    assert not CheckIn.objects.exists()


def test_only_the_three_can_be_given(client: Client, person: Person) -> None:
    more = {"note": "words", "own_tags": "words", "symptom:urge-to-harm": "4", "note_share": "my_therapist", "sleep_hours": "3"}
    followed(client, note(person)).post(HERE, {"mood": "0", **more})
    row = CheckIn.objects.get()
    assert (row.answers, row.note, row.own_tags) == ({"mood": 0}, "", "")


def test_after_a_day_and_a_half_the_page_is_kind(client: Client, person: Person) -> None:
    almost, over = note(person, due_at=timezone.now() - LASTS + timedelta(minutes=1)), note(person, due_at=timezone.now() - LASTS)
    assert client.get(link(almost)).status_code == 302
    answered = client.get(link(over))
    assert answered.status_code == 404
    assert "You can check in whenever you like" in answered.content.decode()


def test_a_browser_that_followed_it_in_time_is_met_the_same_afterwards(client: Client, person: Person) -> None:
    letter = note(person)
    browser = followed(client, letter)
    Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now() - LASTS)
    assert browser.post(HERE, {"mood": "1"}).status_code == 404
    assert not CheckIn.objects.exists()


def test_links_of_other_kinds_and_other_purposes_open_nothing(client: Client, person: Person) -> None:
    other = due_letter(person, "first-morning")
    stop = stop_path(note(person).pk).split("/")[-2]
    for path in (link(other), f"{HERE}{stop}/", f"{HERE}made-up/", f"{HERE}{signed(other.pk)}x/"):
        assert client.get(path).status_code == 404
    assert COOKIE not in client.cookies


def test_whoever_has_left_or_works_here_has_no_quick_log(client: Client) -> None:
    for somebody in (make_client(is_active=False), make_therapist()):
        assert client.get(link(note(somebody))).status_code == 404


def test_a_cookie_made_up_or_of_another_link_opens_nothing(client: Client, person: Person) -> None:
    client.cookies[COOKIE] = signed(note(person).pk)
    assert client.get(HERE).status_code == 404


def test_the_link_is_in_no_log_and_in_no_address_after_the_first(
    client: Client, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    letter = note(person)
    token = signed(letter.pk)
    with caplog.at_level(logging.INFO, logger=log.name):
        answered = followed(client, letter).get(HERE)
    told_in_logs = [str(vars(line)) for line in caplog.records]
    assert told_in_logs
    assert not [line for line in told_in_logs if token in line]
    assert token not in answered.content.decode()
    assert answered["Cache-Control"] == "no-store"
    cookie = client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (HERE, True, "Lax")
    assert int(cookie["max-age"]) <= 1800


def test_help_now_is_on_each_of_its_pages(client: Client, person: Person) -> None:
    browser = followed(client, note(person))
    pages = [browser.get(HERE), browser.post(HERE, {"mood": "-3"}, follow=True), Client().get(f"{HERE}made-up/")]
    assert all('href="/help-now/"' in page.content.decode() for page in pages)


def test_a_tap_with_scripts_is_kept_and_answered_in_words(client: Client, person: Person) -> None:
    browser = followed(client, note(person))
    kept = browser.post(HERE, {"mood": "-2"}, headers={"Accept": "application/json"}).json()
    assert kept["state"].startswith("Saved. ")
    assert (kept["rough"], kept["help"]) == (True, "")
    assert browser.post(HERE, {}, headers={"Accept": "application/json"}).status_code == 422
    assert CheckIn.objects.get().answers == {"mood": -2}


def test_a_flood_is_asked_to_wait(client: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "note", (2, 60))
    browser = followed(client, note(person))
    assert [browser.post(HERE, {"mood": "1"}).status_code for _ in range(3)] == [302, 302, 429]


def test_it_counts_as_the_answer_to_the_note(client: Client, person: Person) -> None:
    later = due_letter(person, "check-in", due_at=timezone.now() + timedelta(minutes=1))
    followed(client, note(person)).post(HERE, {"mood": "1"})
    later.refresh_from_db()
    assert later.withdrawn_why == "answered"


def test_removed_in_the_app_it_stays_removed(client: Client, person: Person) -> None:
    browser = followed(client, note(person))
    browser.post(HERE, {"mood": "1"})
    CheckIn.objects.update(deleted_at=timezone.now())
    assert browser.post(HERE, {"mood": "2"}).status_code == 404
    assert CheckIn.objects.get().answers == {"mood": 1}
