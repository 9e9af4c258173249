"""No typed word is lost: saved while one writes, kept sealed on the device while the network is away."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling.models import Draft
from koru.people.models import Person
from tests.people import make_client, make_clinic
from tests.stack.running import until

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The river was there the whole time."
READ_STORE = """() => new Promise((resolve) => {
  const asked = indexedDB.open("koru", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => resolve(all.result.map((row) => String.fromCharCode(...new Uint8Array(row.sealed))));
  };
})"""


def sign_in(context: BrowserContext, person: Person, url: str) -> None:
    browser = Client()
    browser.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    make_clinic()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    sign_in(context, make_client(), live_server.url)
    yield context
    context.close()


def writing(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/journal/new/")
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    return page


def test_words_are_saved_after_a_short_stillness(context: BrowserContext) -> None:
    page = writing(context)
    page.locator("[name=text]").fill(WORDS)
    expect(page.locator(".state")).to_contain_text("Saved at", timeout=6000)
    assert Draft.objects.get().text == WORDS


def test_words_typed_without_a_network_are_kept_sealed_and_come_back(context: BrowserContext) -> None:
    page = writing(context)
    context.set_offline(True)
    page.locator("[name=text]").fill(WORDS)
    expect(page.locator(".state")).to_contain_text("Offline. Kept on this phone", timeout=6000)
    stored = page.evaluate(READ_STORE)
    assert len(stored) == 1
    assert "river" not in stored[0]
    page.close()
    context.set_offline(False)
    again = writing(context)
    expect(again.locator("[name=text]")).to_have_value(WORDS)
    expect(again.locator(".state")).to_contain_text("Saved at", timeout=6000)


def test_a_session_that_ends_while_writing_is_said_and_costs_no_word(context: BrowserContext) -> None:
    page = writing(context)
    Session.objects.all().delete()
    page.locator("[name=text]").fill(WORDS)
    expect(page.locator(".state")).to_contain_text("You're signed out", timeout=6000)
    expect(page.locator("[name=text]")).to_have_value(WORDS)


def test_nobody_else_on_the_device_reads_or_overwrites_kept_words(context: BrowserContext, live_server: LiveServer) -> None:
    page = writing(context)
    context.set_offline(True)
    page.locator("[name=text]").fill(WORDS)
    expect(page.locator(".state")).to_contain_text("Offline", timeout=6000)
    page.close()
    context.set_offline(False)
    context.clear_cookies()
    sign_in(context, make_client(email="other@example.org"), live_server.url)
    other = writing(context)
    expect(other.locator("[name=text]")).to_have_value("")
    other.locator("[name=text]").fill("Something else")
    expect(other.locator(".state")).to_contain_text("Saved at", timeout=6000)
    assert len(other.evaluate(READ_STORE)) == 1


def test_what_the_device_held_goes_once_the_words_are_kept_for_good(context: BrowserContext) -> None:
    page = writing(context)
    page.locator("[name=text]").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("article[data-kept]")).to_contain_text(WORDS)
    assert until(lambda: page.evaluate(READ_STORE) == [])


def test_where_the_network_goes_just_then_it_goes_with_the_next_page(context: BrowserContext) -> None:
    broken: list[str] = []
    context.on("weberror", lambda found: broken.append(str(found.error)))
    page = writing(context)
    page.locator("[name=text]").fill(WORDS)
    assert until(lambda: len(page.evaluate(READ_STORE)) == 1)
    context.route("**/store*.js", lambda asked: asked.abort())
    with page.expect_event("requestfailed") as refused:
        page.get_by_role("button", name="Save", exact=True).click()
    assert "/store" in refused.value.url
    expect(page.locator("article[data-kept]")).to_contain_text(WORDS)
    assert len(page.evaluate(READ_STORE)) == 1
    context.unroute_all()
    page.reload()
    assert until(lambda: page.evaluate(READ_STORE) == [])
    assert page.evaluate("sessionStorage.getItem('koru-sent')") is None
    assert not broken, broken
