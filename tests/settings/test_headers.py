"""Every answer carries the headers of the reliability plan, whatever kind of answer it is."""

import re
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.people import make_client, make_clinic
from tests.sweep.asking import routes

EXACT = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:", "blob:"},  # a drawing or photo is shown before it is kept
    "media-src": {"'self'", "blob:"},  # a recording is listened to before it is kept
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "worker-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "frame-ancestors": {"'none'"},
}
STYLES = "/static/css/koru.css"


def policy_of(header: str) -> dict[str, set[str]]:
    directives = (part.split() for part in header.split(";"))
    return {name: {word for word in words if not word.startswith("'nonce-")} for name, *words in directives}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/accounts/login/", "/today/", "/nowhere/", "/admin/", STYLES, "/static/none.css"]
)
@pytest.mark.parametrize("method", ["get", "head", "post", "options", "delete"])
def test_every_answer_carries_them(client: Client, path: str, method: str) -> None:
    answer = getattr(client, method)(path)
    assert {name: answer.get(name) for name in EXACT} == EXACT
    assert policy_of(answer["Content-Security-Policy"]) == POLICY
    assert "Server" not in answer


@pytest.mark.django_db
def test_a_crash_carries_them_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("koru.health.cache_answers", lambda: 1 / 0)
    answer = client.get("/readyz")
    assert answer.status_code == 500
    assert {name: answer.get(name) for name in EXACT} == EXACT
    assert policy_of(answer["Content-Security-Policy"]) == POLICY


@pytest.mark.django_db
def test_pages_are_kept_nowhere_and_styles_are() -> None:
    browser = Client()
    make_clinic()
    browser.force_login(make_client())
    assert "no-store" in browser.get("/today/")["Cache-Control"]
    assert "no-store" in browser.get("/accounts/login/")["Cache-Control"]
    assert finders.find("css/koru.css")
    assert "no-store" not in browser.get(STYLES)["Cache-Control"]


@pytest.mark.django_db
def test_signing_out_clears_what_the_browser_kept() -> None:
    browser = Client()
    browser.force_login(make_client())
    assert "Clear-Site-Data" not in browser.get("/accounts/logout/")
    assert browser.post("/accounts/logout/")["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in browser.post("/accounts/login/")


@pytest.mark.django_db
def test_a_nonce_is_new_each_time(client: Client) -> None:
    def nonces() -> set[str]:
        policy = str(client.get("/accounts/login/")["Content-Security-Policy"])
        return {word for word in policy.replace(";", " ").split() if word.startswith("'nonce-")}

    assert not nonces() & nonces()


@pytest.mark.django_db
def test_every_address_carries_them_to_a_stranger() -> None:
    """Found or not, whatever else it answers; who is signed in passes the same way out."""
    wrong = []
    for route, _ in routes():
        path = "/" + re.sub(r"<uuid:\w+>", str(uuid4()), re.sub(r"\(\?P<\w+>[^()]*\)|<(?!uuid)[^>]+>", "1", route)).strip("^$")
        answer = Client().get(path)
        carried = {name: answer.get(name) for name in EXACT} == EXACT
        if not carried or policy_of(answer["Content-Security-Policy"]) != POLICY or "Cache-Control" not in answer:
            wrong.append((path, answer.status_code))
    assert wrong == []
