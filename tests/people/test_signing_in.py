"""Signing in, by role: where it leads, how long it holds, what it takes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.models import Person
from tests.people import make_admin, make_client, make_clinic, make_staff, make_therapist

NOON = "2026-11-24T12:00:00Z"
PASSWORD = "seven quiet ferns"
pytestmark = pytest.mark.django_db
MAKERS = [make_client, make_therapist, make_staff, make_admin]


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    cache.clear()
    make_clinic()


def with_password(person: Person) -> Person:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, person: Person) -> Any:
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})


@pytest.mark.parametrize(("make", "home"), list(zip(MAKERS, ["/today/", "/care/", "/desk/", "/admin/"], strict=True)))
def test_signing_in_leads_to_where_ones_day_begins(client: Client, make: Any, home: str) -> None:
    assert sign_in(client, with_password(make(password=PASSWORD)))["Location"] == home
    assert client.get("/home/")["Location"] == home


@pytest.mark.parametrize(("make", "hours"), list(zip(MAKERS, [30 * 24, 12, 12, 12], strict=True)))
def test_a_session_ends_at_a_fixed_moment_that_using_it_does_not_move(client: Client, make: Any, hours: int) -> None:
    sign_in(client, with_password(make(password=PASSWORD)))
    session = client.session
    ends = session.get_expiry_date()
    assert isinstance(ends, datetime)
    assert abs(ends - timezone.now() - timedelta(hours=hours)) < timedelta(minutes=1)
    session["touched"] = "again"
    session.save()
    assert client.session.get_expiry_date() == ends


@pytest.mark.parametrize("make", MAKERS)
def test_a_code_by_mail_is_for_clients_and_the_answer_is_the_same_for_everybody(client: Client, make: Any) -> None:
    person = with_password(make(password=PASSWORD))
    asked = client.post("/accounts/login/code/", {"email": person.email})
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert (asked.status_code, asked["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == (1 if person.is_client else 0)


@pytest.mark.parametrize("make", [make_therapist, make_staff, make_admin])
@pytest.mark.parametrize("path", ["/care/", "/desk/", "/admin/", "/home/", "/privacy/", "/accounts/email/"])
def test_without_a_second_factor_who_works_here_can_only_enrol(client: Client, settings: Settings, make: Any, path: str) -> None:
    settings.KORU_SECOND_FACTOR = True
    client.force_login(make())
    assert client.get(path)["Location"] == "/accounts/2fa/"
    fragment = client.get(path, headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, "/accounts/2fa/")


def test_help_now_enrolling_and_signing_out_stay_open(client: Client, settings: Settings) -> None:
    settings.KORU_SECOND_FACTOR = True
    client.force_login(make_therapist())
    for path in ("/help-now/", "/accounts/2fa/", "/healthz", "/accounts/logout/", "/"):
        assert client.get(path).status_code == 200, path


def test_with_a_second_factor_everything_opens(client: Client, settings: Settings) -> None:
    settings.KORU_SECOND_FACTOR = True
    therapist = make_therapist()
    TOTP.activate(therapist, generate_totp_secret())
    client.force_login(therapist)
    assert client.get("/home/")["Location"] == "/care/"


def test_enrolling_opens_the_clinic_and_the_next_sign_in_asks_for_the_code(
    client: Client, settings: Settings, clock: Callable[[str], Any]
) -> None:
    clock(timezone.now().isoformat())
    settings.KORU_SECOND_FACTOR = True
    therapist = with_password(make_therapist(password=PASSWORD))
    assert client.get(sign_in(client, therapist)["Location"])["Location"] == "/accounts/2fa/"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    form = client.get("/accounts/2fa/totp/activate/")
    secret = form.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert client.get("/home/")["Location"] == "/care/"
    again = Client()
    assert sign_in(again, therapist)["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/home/")["Location"].startswith("/accounts/login/")
    cache.clear()  # the code just used counts once only
    assert again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/care/"
    assert again.session.get_expiry_date() - timezone.now() < timedelta(hours=12, minutes=1)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30)))


def test_recovery_codes_alone_are_no_second_factor(client: Client, settings: Settings) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    settings.KORU_SECOND_FACTOR = True
    therapist = make_therapist()
    RecoveryCodes.activate(therapist)
    client.force_login(therapist)
    assert client.get("/home/")["Location"] == "/accounts/2fa/"


def test_a_client_is_not_asked_for_a_second_factor(client: Client, settings: Settings) -> None:
    settings.KORU_SECOND_FACTOR = True
    client.force_login(make_client())
    assert client.get("/home/")["Location"] == "/today/"


def test_the_secret_of_a_factor_lies_sealed() -> None:
    secret = generate_totp_secret()
    kept = TOTP.activate(make_therapist(), secret).instance
    kept.refresh_from_db()
    assert secret not in str(kept.data)


@pytest.fixture
def admin_asks_twice(settings: Settings) -> None:
    """Who asks and who is shown are both people: no list behind it."""
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, {"model": "people.Person", "field": "get()"}]


def test_the_admin_shows_no_secret_and_makes_nobody(client: Client, admin_asks_twice: None) -> None:
    client.force_login(make_admin())
    registered = {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}
    assert not registered & {"mfa.authenticator", "account.emailaddress", "usersessions.usersession"}
    assert client.get("/admin/people/person/add/").status_code == 403
    person = make_client(phone="303 555 0142")
    page = client.get(f"/admin/people/person/{person.pk}/change/").content.decode()
    assert person.display_name in page
    assert "303 555 0142" not in page
    assert "password" not in page.lower().replace("password_change", "").replace("change password", "")


def test_who_is_closed_out_is_signed_out_everywhere(client: Client, admin_asks_twice: None) -> None:
    person = with_password(make_staff(password=PASSWORD))
    browser = Client()
    sign_in(browser, person)
    assert browser.get("/home/").status_code == 302
    client.force_login(make_admin())
    fields = {"display_name": "Demo", "role": "therapist", "zone": "America/Denver", "region": "US", "is_active": "on"}
    assert client.post(f"/admin/people/person/{person.pk}/change/", fields).status_code == 302
    assert browser.get("/home/")["Location"].startswith("/accounts/login/")


@pytest.fixture
def at_the_admins(client: Client, admin_asks_twice: None, clock: Callable[[str], Any]) -> tuple[Client, str, dict[str, str]]:
    """An admin who signed in just now, and somebody's page with another role picked."""
    clock(NOON)
    sign_in(client, with_password(make_admin(password=PASSWORD)))
    person = make_staff()
    fields = {
        "display_name": person.display_name,
        "role": "therapist",
        "zone": "America/Denver",
        "region": "US",
        "is_active": "on",
    }
    return client, f"/admin/people/person/{person.pk}/change/", fields


def test_a_role_is_changed_by_who_has_just_shown_that_it_is_still_them(
    at_the_admins: tuple[Client, str, dict[str, str]], clock: Callable[[str], Any]
) -> None:
    client, path, fields = at_the_admins
    asked = client.post(path, fields)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Person.objects.filter(role="therapist").exists()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": path})
    assert Person.objects.filter(role="therapist").exists(), "what was filled in goes on by itself"
    clock("2026-11-24T12:05:01Z")
    assert client.post(path, {**fields, "role": "staff"})["Location"].startswith("/accounts/reauthenticate/")
    assert Person.objects.filter(role="therapist").exists()
