"""The veil: when it falls, what it leaves open, what lifts it, and that it costs nobody a word."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from journaling.models import Draft, Entry
from koru.people.models import Person
from koru.privacy.models import ParkedForm
from koru.privacy.veil import SEEN, STEADY
from tests.people import make_admin, make_client, make_clinic, make_staff, make_therapist

pytestmark = pytest.mark.django_db
PASSWORD = "seven quiet ferns"
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
CANARY = "canary-under-the-veil"
AGAIN = "/accounts/reauthenticate/"
Clock = Callable[[str], Any]
IDLE = {make_client: (30, "/today/"), make_therapist: (15, "/care/"), make_staff: (15, "/desk/"), make_admin: (15, "/home/")}


@pytest.fixture
def at(clock: Clock) -> Callable[[float], None]:
    """So many minutes after noon, when somebody signs in."""
    cache.clear()
    make_clinic()

    def move(minutes: float) -> None:
        clock((NOON + timedelta(minutes=minutes)).isoformat())

    move(0)
    return move


def signed_in(person: Person, browser: Client | None = None) -> Client:
    browser = browser or Client()
    EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return browser


def is_veiled(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    return answer.status_code == 302 and answer["Location"].startswith(AGAIN)


@pytest.mark.parametrize("make", IDLE)
def test_it_falls_after_the_time_of_each_role_and_not_before(at: Callable[[float], None], make: Any) -> None:
    minutes, home = IDLE[make]
    browser = signed_in(make(password=PASSWORD))
    assert not is_veiled(browser, home)
    at(minutes - 1)
    assert not is_veiled(browser, home)
    at(2 * minutes - 1)
    assert is_veiled(browser, home)
    assert is_veiled(browser, home)


@given(pauses=some.lists(some.integers(1, 40), min_size=1, max_size=6))
def test_who_comes_back_within_the_time_is_never_asked_and_who_does_not_always_is(pauses: list[int]) -> None:
    """The cookie is made anew at most each half minute, so the time counts from then."""
    import time_machine

    cache.clear()
    make_clinic()
    person = make_client(password=PASSWORD)
    with time_machine.travel(NOON, tick=False) as travel:
        browser = signed_in(person)
        for minutes in pauses:
            travel.shift(timedelta(minutes=minutes))
            veiled = is_veiled(browser, "/settings/")
            assert veiled == (minutes >= 30)
            if veiled:
                break


def test_signing_in_alone_counts_where_no_page_was_opened_since(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    at(29)
    assert not is_veiled(browser, "/today/")


def test_a_cookie_thrown_away_or_of_another_session_lifts_nothing(at: Callable[[float], None]) -> None:
    browser, other = signed_in(make_client(password=PASSWORD)), signed_in(make_client(password=PASSWORD))
    at(60)
    other = signed_in(make_client(password=PASSWORD))
    other.get("/today/")
    for value in ("", "nonsense", other.cookies[SEEN].value):
        browser.cookies[SEEN] = value
        assert is_veiled(browser, "/today/"), value


def test_the_cookie_tells_no_script_and_no_other_site_and_is_seldom_new(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    made = browser.get("/today/").cookies[SEEN]
    assert made["httponly"]
    assert made["samesite"] == "Lax"
    at(STEADY.total_seconds() / 60 - 0.1)
    assert SEEN not in browser.get("/today/").cookies
    at(STEADY.total_seconds() / 60)
    assert SEEN in browser.get("/today/").cookies


def test_the_password_lifts_it_and_leads_back_to_the_page(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    at(31)
    asked = browser.get("/journal/?kind=letter")
    assert "Is it still you?" in browser.get(asked["Location"]).content.decode()
    wrong = browser.post(asked["Location"], {"password": "not it at all"})
    assert wrong.status_code == 422
    assert is_veiled(browser, "/journal/")
    back = browser.post(AGAIN, {"password": PASSWORD, "next": "/journal/?kind=letter"})
    assert back["Location"] == "/journal/?kind=letter"
    assert not is_veiled(browser, "/journal/")
    at(60)
    assert not is_veiled(browser, "/journal/")


def test_a_form_that_meets_it_loses_no_word_and_shows_none_before_it_is_lifted(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    browser.get("/journal/new/")
    at(45)
    sent = browser.post("/journal/new/", {"title": "", "text": CANARY, "share": "only_me", "key": str(uuid4())})
    assert sent["Location"] == f"{AGAIN}?next=%2Fjournal%2Fnew%2F"
    assert "Your words are kept" in browser.get(sent["Location"]).content.decode()
    assert not Entry.objects.exists()
    assert CANARY not in str([session.get_decoded() for session in Session.objects.all()])
    assert is_veiled(browser, "/journal/new/")
    back = browser.post(AGAIN, {"password": PASSWORD, "next": "/journal/new/"})
    page = browser.get(back["Location"])
    assert CANARY in page.content.decode()
    browser.post("/journal/new/", {**dict(page.context["fields"]), "parked": page.context["ticket"].id})
    assert [entry.text for entry in Entry.objects.all()] == [CANARY]
    assert not ParkedForm.objects.exists()


def test_signing_out_instead_and_in_again_finds_the_words_too(at: Callable[[float], None]) -> None:
    person = make_client(password=PASSWORD)
    browser = signed_in(person)
    browser.get("/journal/new/")
    at(45)
    browser.post("/journal/new/", {"title": "", "text": CANARY, "share": "only_me", "key": str(uuid4())})
    assert browser.post("/accounts/logout/", {"next": "/accounts/login/?next=/journal/new/"})["Location"].endswith("/new/")
    signed_in(person, browser)
    assert CANARY in browser.get("/journal/new/").content.decode()


def test_what_is_being_typed_goes_on_being_kept_and_lifts_nothing(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    browser.get("/journal/new/")
    at(45)
    typed = {"text": CANARY, "title": "", "share": "only_me", "key": str(uuid4()), "revision": "0", "prompt": ""}
    kept = browser.post("/journal/draft/", typed, headers={"accept": "application/json"})
    assert kept.status_code == 200
    assert [draft.text for draft in Draft.objects.all()] == [CANARY]
    assert is_veiled(browser, "/journal/new/")


def test_typing_counts_as_being_there(at: Callable[[float], None]) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    typed = {"text": CANARY, "title": "", "share": "only_me", "key": str(uuid4()), "revision": "0", "prompt": ""}
    for minute in (20, 40):
        at(minute)
        assert browser.post("/journal/draft/", typed, headers={"accept": "application/json"}).status_code in (200, 409)
    at(60)
    assert not is_veiled(browser, "/today/")


def test_a_page_that_asks_by_itself_keeps_nobody_there_and_hides_its_names(at: Callable[[float], None]) -> None:
    browser = signed_in(make_staff(password=PASSWORD))
    browser.get("/desk/")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/?day=2026-11-25"}
    at(14)
    assert browser.get("/desk/fresh/", headers=headers).status_code in (200, 204)
    at(16)
    fresh = browser.get("/desk/fresh/", headers=headers)
    assert fresh.status_code == 200
    assert f"{AGAIN}?next=%2Fdesk%2F%3Fday%3D2026-11-25" in fresh.content.decode()
    assert is_veiled(browser, "/desk/")


def test_a_fragment_leads_the_whole_page_there_and_a_script_is_told(at: Callable[[float], None]) -> None:
    browser = signed_in(make_staff(password=PASSWORD))
    at(20)
    elsewhere = browser.get("/desk/find/?q=a", headers={"HX-Request": "true", "HX-Current-URL": "https://else.example.org/x"})
    assert (elsewhere.status_code, elsewhere["HX-Redirect"]) == (403, f"{AGAIN}?next=%2Fdesk%2F")
    assert browser.get("/desk/", headers={"Accept": "application/json"}).status_code == 401


@pytest.mark.parametrize(
    "path", ["/help-now/", "/ask-for-help/", "/privacy/", "/healthz", "/accounts/logout/", "/accounts/password/reset/", "/"]
)
def test_help_and_what_everybody_may_read_stay_open(at: Callable[[float], None], path: str) -> None:
    browser = signed_in(make_client(password=PASSWORD))
    at(300)
    assert browser.get(path).status_code in (200, 405)


def test_who_has_nothing_to_show_it_by_signs_in_anew(at: Callable[[float], None]) -> None:
    person = make_client(password=PASSWORD)
    browser = signed_in(person)
    Person.objects.get(pk=person.pk)
    session = browser.session
    person.set_unusable_password()
    person.save()
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    at(45)
    assert browser.get("/journal/")["Location"] == "/accounts/login/?next=%2Fjournal%2F"
    assert "_auth_user_id" not in browser.session
