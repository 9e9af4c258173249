"""A form whose session has ended waits for its writer, and for nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.test import Client
from django.utils import timezone

from journaling.models import Entry
from koru.people.models import Person
from koru.privacy import parking
from koru.privacy.models import ParkedForm
from koru.privacy.refused import secret_of
from tests.people import make_client, make_clinic

pytestmark = pytest.mark.django_db
CANARY = "canary-in-the-river"
WORDS = {"text": CANARY, "title": "A line", "share": "only_me"}


@pytest.fixture
def rowan() -> Person:
    make_clinic()
    return make_client(display_name="Demo Rowan")


@pytest.fixture
def at_the_page(client: Client, rowan: Person) -> Client:
    """A browser with the writing page open, whose session then ended."""
    client.force_login(rowan)
    client.get("/journal/new/")
    Session.objects.all().delete()
    return client


def test_words_sent_without_a_session_are_there_after_signing_in_and_saved_by_one_click(
    at_the_page: Client, rowan: Person
) -> None:
    answer = at_the_page.post("/journal/new/", {**WORDS, "key": str(uuid4())})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert "Your words are kept" in at_the_page.get(answer["Location"]).content.decode()
    at_the_page.force_login(rowan)
    page = at_the_page.get("/journal/new/")
    assert "<h1>Your words are here.</h1>" in page.content.decode()
    fields = page.context["fields"]
    at_the_page.post("/journal/new/", {**dict(fields), "parked": page.context["ticket"].id})
    assert [(entry.title, entry.text) for entry in Entry.objects.all()] == [("A line", CANARY)]
    assert not ParkedForm.objects.exists()
    assert "ticket" not in (at_the_page.get("/journal/new/").context or {})


def test_looking_at_the_words_changes_nothing(at_the_page: Client, rowan: Person) -> None:
    at_the_page.post("/journal/new/", WORDS)
    at_the_page.force_login(rowan)
    at_the_page.get("/journal/new/")
    assert CANARY in at_the_page.get("/journal/new/").content.decode()
    assert ParkedForm.objects.count() == 1


def test_somebody_else_who_signs_in_never_sees_them_and_drops_them(at_the_page: Client, rowan: Person) -> None:
    at_the_page.post("/journal/new/", WORDS)
    at_the_page.force_login(make_client())
    assert CANARY not in at_the_page.get("/journal/new/").content.decode()
    at_the_page.force_login(rowan)
    assert CANARY not in at_the_page.get("/journal/new/").content.decode()


def test_a_page_of_nobody_known_is_not_kept(client: Client, rowan: Person) -> None:
    client.post("/journal/new/", WORDS)
    assert not ParkedForm.objects.exists()


def test_a_note_from_another_sign_in_names_nobody(rowan: Person) -> None:
    note = parking.writer_note(rowan.pk, "a" * 32)
    assert parking.writer_of(note, "a" * 32) == rowan.pk
    assert parking.writer_of(note, "b" * 32) is None
    assert parking.writer_of(note + "x", "a" * 32) is None
    assert parking.writer_of("", "") is None


def test_the_server_alone_cannot_read_what_waits(at_the_page: Client) -> None:
    at_the_page.post("/journal/new/", WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(blob, 'escape') FROM privacy_parkedform")
        assert CANARY not in str(cursor.fetchall())
    cookie = next(value for name, value in at_the_page.cookies.items() if name.startswith("koru_parked_"))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_after_a_day_nothing_is_left(rowan: Person) -> None:
    ticket = parking.park([("text", CANARY)], "/journal/new/", rowan.pk)
    ParkedForm.objects.update(made_at=timezone.now() - timedelta(hours=25))
    assert parking.opened(ticket) == []
    parking.park([("text", "newer")], "/journal/new/", rowan.pk)
    assert ParkedForm.objects.count() == 1


@pytest.mark.parametrize("changed", ["id", "person", "path", "key"])
def test_a_ticket_opens_its_own_form_only(rowan: Person, changed: str) -> None:
    ticket = parking.park([("text", CANARY)], "/journal/new/", rowan.pk)
    other = parking.park([("text", "other")], "/check-in/", make_client().pk)
    parts = {name: getattr(ticket, name) for name in ("id", "person", "path", "key")}
    mixed = parking.Ticket(**{**parts, changed: getattr(other, changed)})
    assert parking.opened(ticket) == [("text", CANARY)]
    assert parking.opened(mixed) == []


def test_secrets_are_never_kept() -> None:
    posted = QueryDict("csrfmiddlewaretoken=a&password1=b&new_password=c&text=words")
    assert parking.worth_parking(posted) == [("text", "words")]
    assert parking.worth_parking(QueryDict("csrfmiddlewaretoken=a&password=b")) == []
    assert parking.worth_parking(QueryDict("text=+&title=")) == []


def test_letting_them_go_drops_them(at_the_page: Client, rowan: Person) -> None:
    at_the_page.post("/journal/new/", WORDS)
    at_the_page.force_login(rowan)
    ticket = at_the_page.get("/journal/new/").context["ticket"]
    at_the_page.post("/waiting/let-go/", {"parked": ticket.id})
    assert not ParkedForm.objects.exists()


def test_a_form_the_page_refuses_keeps_its_words_on_the_page(at_the_page: Client, rowan: Person) -> None:
    at_the_page.post("/journal/new/", {**WORDS, "share": "everybody"})
    at_the_page.force_login(rowan)
    page = at_the_page.get("/journal/new/")
    refused = at_the_page.post("/journal/new/", {**dict(page.context["fields"]), "parked": page.context["ticket"].id})
    assert refused.status_code == 422
    assert CANARY in refused.content.decode()


@pytest.mark.parametrize("text", ["null\x00byte", "\ud800 lone", "שלום 🌿 e\u0301", "x" * 100_000])
def test_odd_words_come_back(at_the_page: Client, rowan: Person, text: str) -> None:
    ticket = parking.park([("text", text)], "/journal/new/", rowan.pk)
    assert parking.opened(ticket) == [("text", text.encode("utf-8", "replace").decode())]


def post_stale(browser: Client, token: str) -> str:
    """Send a page whose token is of an earlier sign-in; what the refusal shows."""
    words = {**WORDS, "csrfmiddlewaretoken": token, "key": str(uuid4())}
    answer = browser.post("/journal/new/", words, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    return answer.content.decode()


def signed_in(browser: Client, person: Person) -> str:
    """Sign in by the page, as a browser does; the token of the writing page that it then opens."""
    token = browser.get("/accounts/login/").context["csrf_token"]
    login = {"login": person.email, "password": "koru-demo-unfurl", "csrfmiddlewaretoken": str(token)}
    browser.post("/accounts/login/", login)
    return str(browser.get("/journal/new/").context["csrf_token"])


@pytest.fixture
def strict() -> Client:
    """A browser whose tokens are looked at."""
    return Client(enforce_csrf_checks=True)


def test_a_page_of_an_earlier_sign_in_gives_its_words_back_to_the_same_person(strict: Client) -> None:
    make_clinic()
    rowan = verified(make_client(password="koru-demo-unfurl"))
    token = signed_in(strict, rowan)
    strict.cookies.pop("koru_session")
    signed_in(strict, rowan)
    assert CANARY in post_stale(strict, token)


def test_a_page_of_somebody_else_gives_its_words_to_nobody(strict: Client) -> None:
    make_clinic()
    token = signed_in(strict, verified(make_client(password="koru-demo-unfurl")))
    strict.cookies.pop("koru_session")
    signed_in(strict, verified(make_client(password="koru-demo-unfurl")))
    assert CANARY not in post_stale(strict, token)
    strict.cookies.pop("koru_session")
    assert CANARY not in post_stale(strict, token)
    assert not Entry.objects.exists()


def verified(person: Person) -> Person:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_the_secret_under_a_token_is_djangos_own() -> None:
    request = HttpRequest()
    token = get_token(request)
    assert secret_of(token) == request.META["CSRF_COOKIE"]
    assert [secret_of(odd) for odd in ("", "x" * 64 + "y", "é" * 64)] == ["", "", ""]
