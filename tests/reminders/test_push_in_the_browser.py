"""Letting a device in, in a real Chromium: by its button alone, never when the page opens; then a note arrives there.

Real here: the page, its script, the service worker and the notice it shows; the server's encryption, signature and request
by TLS to a push service on this machine; the opening of the words with the browser's keys. Stood in for: a headless Chromium
can't reach its maker's push service, so the page is given a subscription to ours, and what ours was sent is opened here and
handed to the worker by the browser's own debugging protocol.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.reminders import pushing
from koru.reminders.devices import Device
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic

from .letters import due_letter
from .push_service import Browser, Service, serving

pytestmark = pytest.mark.django_db(transaction=True)
BUTTON = "Show notes on this device"
GIVEN = """
window.asked = 0;
PushManager.prototype.subscribe = async (how) => {
  window.asked += how.userVisibleOnly ? 1 : 100;
  return { toJSON: () => (%s) };
};
"""
REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))"
NOTICES = """
navigator.serviceWorker.getRegistration("/")
  .then((worker) => worker.getNotifications())
  .then((all) => all.map((one) => [one.title, one.body, one.tag, one.data.path]))
"""
KEPT = "caches.keys().then((names) => names.filter((name) => !name.includes('help')))"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with serving(tmp_path) as running:
        monkeypatch.setattr(pushing, "bounds", running.bounds())
        yield running


def signed_in(page: Page, live_server: LiveServer) -> Person:
    make_clinic()
    person, web = make_client(), Client()
    web.force_login(person)
    page.context.add_cookies([{"name": "koru_session", "value": web.cookies["koru_session"].value, "url": live_server.url}])
    return person


def given_to(page: Page, browser: Browser) -> None:
    """The page's own call for a subscription is answered with one to the service of this machine."""
    found = browser.subscription()
    told = {"endpoint": found.endpoint, "keys": {"p256dh": found.p256dh, "auth": found.auth}}
    page.add_init_script(GIVEN % json.dumps(told))


def registration_of(page: Page, path: str) -> tuple[CDPSession, str]:
    """The browser's own name for a worker's registration, once the worker runs."""
    protocol, found = page.context.new_cdp_session(page), dict[str, str]()

    def note(told: dict[str, Any]) -> None:
        found.update({one["scopeURL"]: one["registrationId"] for one in told["registrations"]})

    protocol.on("ServiceWorker.workerRegistrationUpdated", note)
    protocol.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    scope = page.evaluate("location.origin") + path
    while scope not in found:
        page.wait_for_timeout(50)
    return protocol, found[scope]


def test_a_device_is_let_in_by_its_button_shows_a_note_and_is_turned_off(
    page: Page, live_server: LiveServer, service: Service
) -> None:
    browser, person = Browser(), signed_in(page, live_server)
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    given_to(page, browser)
    page.goto("/settings/notes/")
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert page.evaluate("window.asked") == 0
    assert "/" not in page.evaluate(REGISTERED)

    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("Done. This device shows notes now.")).to_be_visible()
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    assert "/" in page.evaluate(REGISTERED)

    letter = due_letter(person, "appointment-changed", channel="push", due_at=timezone.now() - timedelta(minutes=1))
    assert send_due() == 1
    words = browser.opened(service.got[0].body).decode()
    protocol, registration = registration_of(page, "/")
    told = {"origin": live_server.url, "registrationId": registration, "data": words}
    protocol.send("ServiceWorker.deliverPushMessage", told)
    shown = [["Koru", "Your appointment has changed", str(letter.pk), "/sessions/"]]
    page.wait_for_function(f"async () => (await {NOTICES.strip()}).length === 1")
    assert page.evaluate(NOTICES) == shown
    protocol.send("ServiceWorker.deliverPushMessage", told)  # a repeat takes the place of the first
    page.wait_for_function(f"async () => (await {NOTICES.strip()}).length === 1")
    assert page.evaluate(NOTICES) == shown
    assert page.evaluate(KEPT) == []

    page.get_by_role("button", name="Turn off").click()
    expect(page.get_by_text("Turned off. It shows notes no more.")).to_be_visible()
    assert not Device.objects.exists()


def test_a_browser_that_says_no_is_left_in_peace(page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server)
    page.add_init_script("PushManager.prototype.subscribe = async () => { throw new DOMException('no', 'NotAllowedError'); };")
    page.goto("/settings/notes/")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-push-says]")).to_have_text(re.compile("Nothing was turned on|doesn’t let Koru show notes"))
    assert not Device.objects.exists()


def test_a_browser_that_can_not_is_told_so(page: Page, live_server: LiveServer) -> None:
    signed_in(page, live_server)
    page.add_init_script("delete window.PushManager;")
    page.goto("/settings/notes/")
    expect(page.get_by_text("This browser can’t show notes.")).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
