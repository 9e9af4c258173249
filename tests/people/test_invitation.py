"""An invitation opens one account, once, on whichever device; nothing but its button spends it."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from koru.people.inviting import invite
from koru.people.models import Alliance, Invitation, Person
from koru.reminders.models import Letter
from tests.people import make_clinic, make_staff, make_therapist

PASSWORD = "seven quiet ferns"
SIGNUP = "/accounts/signup/"


def invited(**fields: Any) -> Invitation:
    make_clinic()
    given = {"email": "rowan@example.org", "name": "Demo Rowan", "zone": "America/Denver", **fields}
    return invite(given.pop("email"), given.pop("name"), by=make_staff(), **given)


def path(invitation: Invitation) -> str:
    return f"/invitation/{invitation.token}/"


def sign_up(client: Client, **fields: str) -> Any:
    return client.post(SIGNUP, {"email": "rowan@example.org", "password1": PASSWORD, "adult": "on", **fields})


@pytest.mark.django_db
def test_the_link_leads_to_an_account_signed_in_with_its_therapist(client: Client) -> None:
    therapist = make_therapist()
    invitation = invited(therapist=therapist)
    assert "Demo Rowan" in client.get(path(invitation)).content.decode()
    assert client.post(path(invitation))["Location"] == SIGNUP
    form = client.get(SIGNUP).content.decode()
    assert re.search(r'<input[^>]*value="rowan@example.org"[^>]*readonly', form)
    assert sign_up(client)["Location"] == "/today/"
    person = Person.objects.get(email="rowan@example.org")
    assert (person.role, person.zone, person.display_name) == ("client", "America/Denver", "Demo Rowan")
    assert EmailAddress.objects.get(user=person).verified
    assert Alliance.objects.current().filter(client=person, therapist=therapist).exists()
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["get", "head"])
def test_a_scanner_spends_nothing(client: Client, verb: str) -> None:
    invitation = invited()
    before = Invitation.objects.values().get(pk=invitation.pk)
    for _ in range(3):
        assert getattr(client, verb)(path(invitation), headers={"Purpose": "prefetch"}).status_code == 200
    assert Invitation.objects.values().get(pk=invitation.pk) == before
    assert not client.session.keys()


@pytest.mark.django_db
def test_opened_on_phone_and_laptop_it_works_on_both_until_one_is_done(client: Client) -> None:
    invitation = invited()
    phone, laptop = Client(), Client()
    for device in (phone, laptop):
        device.post(path(invitation))
        assert device.get(SIGNUP).status_code == 200
    assert sign_up(laptop).status_code == 302
    late = phone.get(SIGNUP)
    assert b"password1" not in late.content
    page = phone.get(path(invitation)).content.decode()
    assert "Your account is already there" in page
    assert "Sign in" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_up_at_once_with_one_link_one_has_the_account_and_nobody_gets_an_error() -> None:
    invitation = invited()
    devices = [Client(), Client()]
    for device in devices:
        device.post(path(invitation))
    start, answers = threading.Barrier(2), []

    def go(device: Client) -> None:
        start.wait()
        answers.append(sign_up(device))
        connection.close()

    threads = [threading.Thread(target=go, args=[device]) for device in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Person.objects.filter(email="rowan@example.org").count() == 1
    assert all(answer.status_code in {200, 302, 422} for answer in answers)
    assert sorted(answer.get("Location", "") for answer in answers)[-1] == "/today/"


@pytest.mark.django_db
def test_nobody_registers_without_an_invitation(client: Client) -> None:
    make_clinic()
    assert b"password1" not in client.get(SIGNUP).content
    sign_up(client)
    assert not Person.objects.filter(email="rowan@example.org").exists()


@pytest.mark.django_db
def test_the_account_is_for_the_invited_address_alone(client: Client) -> None:
    invitation = invited()
    client.post(path(invitation))
    answer = sign_up(client, email="somebody@example.org")
    assert "belongs to another address" in answer.content.decode()
    assert Person.objects.filter(role="client").count() == 0


@pytest.mark.django_db
def test_it_is_for_adults(client: Client) -> None:
    invitation = invited()
    client.post(path(invitation))
    answer = sign_up(client, adult="")
    assert "Koru is for adults" in answer.content.decode()
    assert Person.objects.filter(role="client").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "short", "password1234", "12345678901\x00"])
def test_a_weak_password_is_named_and_no_account_made(client: Client, password: str) -> None:
    invitation = invited()
    client.post(path(invitation))
    answer = sign_up(client, password1=password)
    assert answer.status_code in {200, 422}
    assert 'role="alert"' in answer.content.decode()
    assert Person.objects.filter(role="client").count() == 0


@pytest.mark.django_db
def test_a_link_that_ran_out_mails_a_new_one_to_the_invited_address_once(client: Client) -> None:
    invitation = invited()
    now = timezone.now()
    Invitation.objects.update(made_at=now - timedelta(days=15), expires_at=now - timedelta(minutes=1))
    assert "This link has run out" in client.get(path(invitation)).content.decode()
    assert client.get(f"{path(invitation)}again/").status_code == 405
    for _ in range(2):
        client.post(f"{path(invitation)}again/")
    fresh = Invitation.objects.open().get()
    assert fresh.email == "rowan@example.org"
    assert fresh.token != invitation.token
    assert list(Letter.objects.filter(about=fresh.pk, kind="consultation-after").values_list("address", flat=True)) == [
        "rowan@example.org"
    ]
    assert "There is a newer link" in client.get(path(invitation)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "%00", "%F0%9F%8C%BF", "a" * 4000, "..%2f..%2fetc"])
def test_an_unknown_link_says_so_with_a_way_on(client: Client, token: str) -> None:
    make_clinic()
    answer = client.get(f"/invitation/{token}/")
    assert answer.status_code == 404
    assert client.post(f"/invitation/{token}/").status_code == 404


@pytest.mark.django_db
def test_who_is_signed_in_as_somebody_else_is_told_and_signed_out_by_going_on(client: Client) -> None:
    invitation = invited()
    client.force_login(make_therapist(display_name="Demo Wren"))
    assert "You are signed in as" in client.get(path(invitation)).content.decode()
    client.post(path(invitation))
    assert client.get(SIGNUP).status_code == 200
    assert "_auth_user_id" not in client.session
