"""Finding again and giving a part with the keyboard alone."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling import writing
from journaling.models import Entry
from journaling.writing import Written
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db(transaction=True)
SAID = """() => {
    const one = document.activeElement;
    return one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText;
}"""


@pytest.fixture
def entry(page: Page, live_server: LiveServer) -> Iterator[Entry]:
    """An entry of somebody who is signed in."""
    rowan, _ = make_pair()
    client = Client()
    client.force_login(rowan)
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    with keyring():
        yield writing.keep(Written("The stairs.\nThe lake."), key=uuid4(), by=rowan)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says so."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if words in page.evaluate(SAID):
            return
    raise AssertionError(f"{words} can't be reached")


def test_a_day_of_the_calendar_opens(page: Page, entry: Entry) -> None:
    page.goto("/journal/calendar/")
    tab_to(page, "one entry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Write about this day")).to_be_visible()


def test_words_are_looked_for_and_opened(page: Page, entry: Entry) -> None:
    page.goto("/journal/search/")
    tab_to(page, "Words to look for")
    page.keyboard.type("LAKE")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("lake")
    tab_to(page, "Without a title")
    page.keyboard.press("Enter")
    expect(page.locator(".written")).to_contain_text("The stairs.")


def test_a_part_is_marked_and_taken_back(page: Page, entry: Entry) -> None:
    page.goto(f"/journal/{entry.pk}/passage/")
    tab_to(page, "The lake.")
    page.keyboard.press("Space")
    tab_to(page, "Bring this part")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    tab_to(page, "Take it back")
    page.keyboard.press("Enter")
    expect(page.get_by_text("From now on only you can read it.").first).to_be_visible()
