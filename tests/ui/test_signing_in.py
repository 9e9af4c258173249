"""Ways in, as somebody walks them: by password, by a code from the mail, by a link for a new password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from koru.people.models import Person
from tests.people import make_client

pytestmark = pytest.mark.django_db
PASSWORD = "a river and an elm tree"


@pytest.fixture
def person() -> Person:
    person = make_client(password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def mailed(pattern: str) -> str:
    found = re.search(pattern, str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group(1)


def test_a_password_opens_the_door_without_a_word_of_welcome(client: Client, person: Person) -> None:
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_code_from_the_mail_opens_the_door(client: Client, person: Person) -> None:
    page = client.post("/accounts/login/code/", {"email": person.email}, follow=True).content.decode()
    assert "Enter the code from your mail" in page
    assert person.email in page
    assert mail.outbox[-1].subject == "Your code"
    code = mailed(r"^([A-Z0-9-]{6,})$")
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_code_is_said_in_words(client: Client, person: Person) -> None:
    client.post("/accounts/login/code/", {"email": person.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": "NOT-IT"})
    assert "There is a problem" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_sees_the_same_page_as_a_known_one(client: Client, person: Person) -> None:
    known = client.post("/accounts/login/code/", {"email": person.email}, follow=True)
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.org"}, follow=True)
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert "Enter the code from your mail" in unknown.content.decode()


def test_a_link_from_the_mail_gives_a_new_password(client: Client, person: Person) -> None:
    page = client.post("/accounts/password/reset/", {"email": person.email}, follow=True).content.decode()
    assert "Look in your mail" in page
    link = mailed(r"(/accounts/password/reset/key/\S+)")
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    new = {"password1": "another elm by the water", "password2": "another elm by the water"}
    done = client.post(form.request["PATH_INFO"], new, follow=True).content.decode()
    assert "Your password is changed" in done
    used = Client().get(link, follow=True).content.decode()
    assert "This link doesn't open any more" in used


def test_letters_about_the_account_say_nothing_a_stranger_should_know(client: Client, person: Person) -> None:
    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/login/code/", {"email": person.email})
    words = " ".join(f"{letter.subject} {letter.body}".lower() for letter in mail.outbox)
    assert len(mail.outbox) == 2
    assert not [word for word in ("ketamine", "therapy", "session", "clinic", "!") if word in words]
