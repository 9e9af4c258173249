"""Where somebody is signed in: listed, ended elsewhere, and over at a changed factor or role; a new device is told of."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from koru.desk.new_device import KNOWN, MOST
from koru.people.clinic import the_clinic
from koru.people.lasting import SIGNED_IN
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from tests.people import make_client, make_clinic, make_therapist

from .test_signing_in import code_of

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "seven quiet ferns", "nine loud herons"


@pytest.fixture
def person() -> Person:
    cache.clear()
    make_clinic()
    return with_address(make_client(password=PASSWORD))


def with_address(person: Person) -> Person:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in(person: Person, browser: Client | None = None) -> Client:
    browser = browser or Client()
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert is_in(browser)
    return browser


def is_in(browser: Client) -> bool:
    return not browser.get("/home/")["Location"].startswith("/accounts/login/")


def confirmed(browser: Client) -> Client:
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def test_one_s_sessions_are_listed_and_all_others_ended(person: Person) -> None:
    here, elsewhere, anothers = signed_in(person), signed_in(person), signed_in(with_address(make_client(password=PASSWORD)))
    assert "/accounts/sessions/" in here.get("/settings/").content.decode()
    with zeal_ignore([{"model": "people.Person", "field": "get()"}]):
        page = here.get("/accounts/sessions/").content.decode()
        assert page.count("This device") == 1
        assert page.count("Another device") == 1
        here.post("/accounts/sessions/")
    assert [is_in(one) for one in (here, elsewhere, anothers)] == [True, False, True]


def change_password(browser: Client, person: Person) -> None:
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


def add_totp(browser: Client, person: Person) -> None:
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})


def take_totp_away(browser: Client, person: Person) -> None:
    browser.post("/accounts/2fa/totp/deactivate/")


def make_codes(browser: Client, person: Person) -> None:
    browser.post("/accounts/2fa/recovery-codes/generate/")


@pytest.mark.django_db(transaction=True)
def test_a_changed_factor_ends_what_is_open_elsewhere_and_stays_here(clock: Callable[[str], Any]) -> None:
    clock(timezone.now().isoformat())
    make_clinic()
    for change in (change_password, add_totp, take_totp_away, make_codes):
        cache.clear()
        person = with_address(make_client(password=PASSWORD))
        here, elsewhere = confirmed(signed_in(person)), signed_in(person)
        if change in (take_totp_away, make_codes):
            TOTP.activate(person, generate_totp_secret())
            RecoveryCodes.activate(person)
        before = (person.password, list(Authenticator.objects.values("type", "data")))
        change(here, person)
        person.refresh_from_db()
        assert (person.password, list(Authenticator.objects.values("type", "data"))) != before
        assert (is_in(here), is_in(elsewhere)) == (True, False), change.__name__


def letters() -> list[Letter]:
    return list(Letter.objects.filter(kind="security").select_related("to"))


def test_a_sign_in_on_a_new_device_is_told_once_and_says_nothing_a_stranger_should_know(person: Person) -> None:
    browser = signed_in(person)
    (letter,) = letters()
    assert letter.to == person
    mail = rendered(letter, the_clinic(), timezone.now())
    assert mail.subject == "New sign-in"
    assert "/accounts/password/reset/" in mail.text
    assert not {"ketamine", "therap", "session"} & set(mail.text.lower().split())
    browser.post("/accounts/logout/")
    signed_in(person, browser)
    assert len(letters()) == 1
    signed_in(person)
    assert len(letters()) == 2


def test_a_device_knows_several_people_names_none_and_believes_no_forged_cookie(person: Person) -> None:
    browser, others = signed_in(person), [with_address(make_client(password=PASSWORD)) for _ in range(MOST - 1)]
    for one in others:
        browser.post("/accounts/logout/")
        signed_in(one, browser)
    known = browser.cookies[KNOWN]
    assert not [one for one in (person, *others) if str(one.pk) in known.value or one.email in known.value]
    assert known["httponly"]
    assert known["max-age"] > 300 * 24 * 3600
    browser.post("/accounts/logout/")
    cache.clear()
    signed_in(person, browser)
    assert len(letters()) == MOST
    forged = Client()
    forged.cookies[KNOWN] = known.value[:-1]
    signed_in(person, forged)
    assert len(letters()) == MOST + 1


def test_every_way_in_says_when_it_began(person: Person, clock: Callable[[str], Any]) -> None:
    """The veil counts from it where nothing else is known."""
    clock(timezone.now().isoformat())
    by_password = signed_in(person)
    therapist, secret = with_address(make_therapist(password=PASSWORD)), generate_totp_secret()
    TOTP.activate(therapist, secret)
    by_totp = Client()
    by_totp.post("/accounts/login/", {"login": therapist.email, "password": PASSWORD})
    assert SIGNED_IN not in by_totp.session
    by_totp.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    for browser in (by_password, by_totp):
        assert browser.session[SIGNED_IN] == pytest.approx(timezone.now().timestamp())
