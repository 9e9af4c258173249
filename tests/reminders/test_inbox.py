"""The inbox: one's own notes alone, each once, new until opened, gone when it holds no longer."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter, Preferences
from koru.reminders.notes import new_to, notes_of, path_of
from koru.reminders.planning import plan, withdraw
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic, make_staff, make_therapist

from .letters import EVERYTHING, due_letter, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


def browser(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


def told(person: Person, kind: str = "session-week", channel: str = "inbox", **fields: Any) -> Letter:
    """A letter that has gone out."""
    now = timezone.now()
    at = fields.pop("sent_at", now - timedelta(minutes=5))
    return due_letter(person, kind, channel=channel, handed_at=at, sent_at=at, due_at=at, **fields)


def words(person: Person) -> list[str]:
    return [note.words for note in notes_of(person)]


def test_a_note_stands_there_in_neutral_words_until_what_it_announces_has_begun(client: Person) -> None:
    now = timezone.now()
    told(client, not_after=now + timedelta(hours=1))
    told(client, "session-tomorrow", not_after=now - timedelta(seconds=1))
    [note] = notes_of(client)
    assert (note.words, note.path, note.is_new) == ("A week to go", "/sessions/", True)


def test_it_stands_for_thirty_days_and_only_once_it_has_gone_out(client: Person) -> None:
    told(client, sent_at=timezone.now() - timedelta(days=30, minutes=1))
    due_letter(client, "session-week", channel="inbox")
    assert notes_of(client) == []
    told(client, sent_at=timezone.now() - timedelta(days=29, hours=23))
    assert words(client) == ["A week to go"]


def test_what_came_by_mail_stands_there_too_but_is_not_new(client: Person) -> None:
    told(client, channel="mail")
    assert [note.is_new for note in notes_of(client)] == [False]
    assert not new_to(client, timezone.now()).exists()


def test_one_note_by_several_channels_stands_there_once(client: Person) -> None:
    Preferences.objects.create(person=client, ways={"appointment-booked": ["mail", "inbox"]})
    plan([planned("appointment-booked", client)])
    Letter.objects.update(try_at=timezone.now() - timedelta(minutes=1))
    assert send_due() == 2
    [note] = notes_of(client)
    assert note.is_new
    browser(client).post(f"/inbox/{note.id}/open/")
    assert [one.is_new for one in notes_of(client)] == [False]


def test_what_is_known_to_security_or_visitors_does_not_stand_there(client: Person) -> None:
    told(client, "security", channel="mail")
    told(client, "consultation-booked", channel="mail")
    assert notes_of(client) == []


def test_a_cancelled_appointment_leaves_at_once(client: Person) -> None:
    about = uuid4()
    told(client, about=about, not_after=timezone.now() + timedelta(days=3))
    other = told(client, "meeting-tomorrow")
    assert withdraw(about, "cancelled") == 0
    assert [note.id for note in notes_of(client)] == [other.pk]


def test_looking_changes_nothing_and_opening_takes_note(client: Person) -> None:
    letter, web = told(client), browser(client)
    page = web.get("/inbox/").content.decode()
    assert "A week to go" in page
    assert new_to(client, timezone.now()).exists()
    answer = web.post(f"/inbox/{letter.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/sessions/")
    first = Letter.objects.get().read_at
    web.post(f"/inbox/{letter.pk}/open/")
    assert Letter.objects.get().read_at == first


def test_all_of_them_are_taken_note_of_by_one_button(client: Person) -> None:
    told(client), told(client, "meeting-tomorrow")
    other = told(make_client())
    web = browser(client)
    assert "I have seen them all" in web.get("/inbox/").content.decode()
    web.post("/inbox/read/")
    assert not new_to(client, timezone.now()).exists()
    assert Letter.objects.get(pk=other.pk).read_at is None


def test_anothers_note_and_one_that_has_passed_lead_back_with_a_word(client: Person) -> None:
    theirs = told(make_client())
    passed = told(client, not_after=timezone.now() - timedelta(minutes=1))
    web = browser(client)
    for letter in (theirs, passed):
        answer = web.post(f"/inbox/{letter.pk}/open/", follow=True)
        assert "That note has passed" in answer.content.decode()
        assert Letter.objects.get(pk=letter.pk).read_at is None


def test_the_first_page_says_quietly_how_many_are_new(client: Person) -> None:
    web = browser(client)
    assert "Notes for you</a></p>" in web.get("/today/").content.decode()
    told(client), told(client, "meeting-tomorrow")
    assert 'Notes for you</a><span class="quiet">, 2 new</span>' in web.get("/today/").content.decode()


def test_a_note_that_can_not_be_shown_leaves_the_others(client: Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("CRITICAL"):
        told(client, context={**EVERYTHING, "path": "//elsewhere.example.org/"})
        told(client, "appointment-booked")
        assert words(client) == ["Your appointment is booked"]


def test_the_page_asks_as_often_for_one_as_for_many(client: Person) -> None:
    web = browser(client)
    told(client)
    with CaptureQueriesContext(connection) as one:
        web.get("/inbox/")
    for _ in range(20):
        told(client, "meeting-tomorrow")
    with CaptureQueriesContext(connection) as many:
        web.get("/inbox/")
    assert len(many) == len(one)


@pytest.mark.parametrize("make", [make_client, make_therapist, make_staff])
def test_an_empty_inbox_is_calm_for_everybody(make: Any) -> None:
    make_clinic()
    assert "All quiet" in browser(make()).get("/inbox/").content.decode()


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://koru.example.org/sessions/?a=b#c", "/sessions/?a=b#c"),
        ("", "/inbox/"),
    ],
)
def test_a_link_leads_within_koru(link: str, path: str) -> None:
    assert path_of(link) == path
