"""The page with help in a real browser: a tap on a line is never held up, and only that help was opened is kept."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.safety.first_help import path_for
from koru.safety.flags import Flag, FlagStep
from koru.sealing.keyring import keyring

from .flagged import House, make_house
from .test_plan_in_the_browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
GOES_ON = """() => document.addEventListener("click", (event) => {
  document.body.dataset.held = event.defaultPrevented;
  event.preventDefault();  // no telephone here
})"""


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def house() -> House:
    return make_house()


def opened(flag: Flag) -> int:
    return FlagStep.objects.filter(flag=flag, what="help").count()


def test_taps_on_numbers_are_kept_as_opened_help_once(page: Page, live_server: LiveServer, house: House) -> None:
    flag = house.item9(1)
    sign_in(page, live_server, house.rowan)
    page.goto(path_for([flag], "/today/"))
    page.evaluate(GOES_ON)
    line = page.get_by_role("link", name="Call 988").first
    expect(line).to_have_attribute("href", "tel:988")
    with page.expect_request_finished(lambda sent: sent.url.endswith("/step/")) as told:
        line.click()
    assert "988" not in (told.value.post_data or "")
    assert page.evaluate("document.body.dataset.held") == "false", "the tap goes on to the telephone"
    page.get_by_role("link", name="Text 988").first.click()
    page.get_by_role("link", name="Call 911").first.click()
    page.reload()
    page.evaluate(GOES_ON)
    with page.expect_request_finished(lambda sent: sent.url.endswith("/step/")):
        line.click()
    assert opened(flag) == 1


def test_with_no_network_the_link_still_calls(page: Page, live_server: LiveServer, house: House) -> None:
    flag = house.item9(1)
    sign_in(page, live_server, house.rowan)
    page.goto(path_for([flag], "/today/"))
    page.evaluate(GOES_ON)
    page.context.set_offline(True)
    page.get_by_role("link", name="Call 988").first.click()
    assert page.evaluate("document.body.dataset.held") == "false"
    page.context.set_offline(False)
    with page.expect_request_finished(lambda sent: sent.url.endswith("/step/")):
        page.get_by_role("link", name="Call 911").first.click()
    assert opened(flag) == 1


def test_without_scripts_it_is_a_plain_link_and_nothing_is_kept(browser: Browser, live_server: LiveServer, house: House) -> None:
    flag = house.item9(1)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, house.rowan)
    page.goto(path_for([flag], "/today/"))
    page.get_by_role("link", name="Call 988").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()
    assert opened(flag) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_open_to_everybody(page: Page, live_server: LiveServer, house: House, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, live_server, house.rowan)
    page.goto(path_for([house.item9(1)], "/today/"))
    assert Axe().run(page).response["violations"] == []
