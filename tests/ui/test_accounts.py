"""Pages of signing in: our own words and parts, errors in words, nothing lost, nothing for axe to find."""

from typing import Literal

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from zeal import zeal_ignore

from tests.people import make_therapist

PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
    "/accounts/password/reset/done/",
]
OWN = [
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_ours(path: str) -> None:
    page = Client().get(path)
    assert page.status_code == 200
    assert "css/koru.css" in page.content.decode()
    assert 'href="/help-now/"' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", OWN)
def test_each_page_of_one_s_own_account_is_ours_and_has_one_heading(client: Client, path: str) -> None:
    person = make_therapist(password="correct horse battery")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": person.email, "password": "correct horse battery"})
    with zeal_ignore([{"model": "people.Person", "field": "get()"}]):  # allauth looks up each of one's few sessions
        page = client.get(path, follow=True)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    assert "css/koru.css" in page.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_keeps_the_address_and_says_what_is_wrong() -> None:
    answer = Client().post("/accounts/login/", {"login": "rowan@example.org", "password": "nonsense"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert 'value="rowan@example.org"' in page
    assert "<title>Error: Sign in" in page
    assert "nonsense" not in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, live_server: LiveServer, path: str, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme, base_url=live_server.url)
    page = context.new_page()
    page.goto(path)
    found = Axe().run(page)
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found.response["violations"]] == []
    assert found.response["passes"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
