"""Words on their way out of a page that is left in mid-word: no clock is waited for, each way out sends them by itself."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling.models import Draft
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.attachments.browsing import sign_in
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The river was th"
HIDE = """() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
OUT: dict[str, Callable[[Page], object]] = {
    "to another app": lambda page: page.evaluate(HIDE),
    "by a link": lambda page: page.get_by_role("link", name="Help now").click(),
    "to another address": lambda page: page.goto("/journal/"),
    "closed": lambda page: page.close(run_before_unload=True),
    "read anew": lambda page: page.reload(),
}


@pytest.fixture
def page_at_a_standstill(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A writing page whose clock stands: whatever it sends, no timer sent it."""
    rowan: Person = make_pair()[0]
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, live_server, rowan)
    page = context.new_page()
    page.clock.install()
    page.goto("/journal/new/")
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    page.clock.pause_at("2100-01-01")
    yield page
    context.set_offline(True)
    context.close()


@pytest.mark.parametrize("out", OUT)
def test_whichever_way_a_page_is_left_its_words_reach_koru_without_waiting(page_at_a_standstill: Page, out: str) -> None:
    page = page_at_a_standstill
    page.get_by_label("Your words").press_sequentially(WORDS)
    assert not Draft.objects.exists()
    OUT[out](page)
    other = page.context.new_page()  # a page that is gone tells nothing of what it sent
    for _ in range(100):
        if Draft.objects.exists():
            break
        other.wait_for_timeout(100)
    with keyring():
        assert [draft.text for draft in Draft.objects.all()] == [WORDS]
