"""A form with a hard question in it, in the browser: with scripts and without, left in the middle, taken up elsewhere."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.safety.flags import Flag
from moodtracking.measures.models import Response
from tests.measures.world import Pair, assigned, filled, make_pair

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PHQ_9 = "/measures/phq-9/"


@pytest.fixture
def pair(live_server: LiveServer) -> Pair:
    made = make_pair()
    assigned(made, "phq-9")
    assigned(made, "gad-7")
    return made


def sign_in(context: BrowserContext, person: Person, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def phone(page: Page, pair: Pair, live_server: LiveServer) -> Page:
    sign_in(page.context, pair[0], live_server)
    return page


@pytest.fixture
def without_scripts(browser: Browser, pair: Pair, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, viewport={"width": 320, "height": 700})
    sign_in(context, pair[0], live_server)
    yield context.new_page()
    context.close()


def choose(page: Page, words: str) -> None:
    page.get_by_role("radio", name=words, exact=True).check(force=True)


def to_item_nine(page: Page) -> None:
    """Through the first eight, one a page."""
    page.goto(PHQ_9)
    page.get_by_role("button", name="One at a time").click()
    for number in range(1, 9):
        expect(page.get_by_text(f"{number} of 10")).to_be_visible()
        choose(page, "Several days")
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("9 of 10")).to_be_visible()


def carry_on(page: Page) -> None:
    """Help is there, with somebody to call; and the way back leads to the same question."""
    expect(page.get_by_role("heading", name="You're not alone with this.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Call"))).not_to_have_count(0)
    page.get_by_role("button", name="I'm safe right now").click()
    expect(page.get_by_text("9 of 10")).to_be_visible()
    expect(page.get_by_role("radio", name="Several days", exact=True)).to_be_checked()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="This is your starting point")).to_be_visible()
    expect(page.get_by_text("9 of 27", exact=True)).to_be_visible()


def test_with_scripts_help_opens_at_the_tap_and_nothing_is_lost(phone: Page, pair: Pair) -> None:
    to_item_nine(phone)
    choose(phone, "Several days")
    phone.wait_for_url(re.compile("/help-first/"))
    flag = Flag.objects.get()
    assert (flag.key, flag.owner, Response.objects.get().state) == ("phq9_item9", pair[1], "open")
    carry_on(phone)
    finish(phone)
    assert Response.objects.get(measure="phq-9").total == 9
    look(phone, "the end")
    phone.get_by_role("button", name="Bring this along").click()
    expect(phone.get_by_role("button", name="Not after all")).to_be_visible()
    look(phone, "brought along")


def test_without_scripts_help_opens_with_next_and_nothing_is_lost(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/today/")
    page.get_by_role("link", name="Have a look").click()
    expect(page.get_by_role("button", name="All on one page")).to_have_count(0)
    to_item_nine(page)
    choose(page, "Several days")
    page.get_by_role("button", name="Next").click()
    carry_on(page)
    finish(page)
    assert Flag.objects.get().key == "phq9_item9"


def test_left_in_the_middle_it_goes_on_on_another_device(
    phone: Page, browser: Browser, pair: Pair, live_server: LiveServer
) -> None:
    phone.goto("/measures/gad-7/")
    phone.get_by_role("button", name="One at a time").click()
    choose(phone, "Nearly every day")
    expect(phone.get_by_text("Saved.")).to_be_visible()
    phone.close()  # never pressed Next
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, pair[0], live_server)
    page = context.new_page()
    page.goto("/measures/")
    page.get_by_role("link", name="Carry on").click()
    expect(page.get_by_text("2 of 7")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("radio", name="Nearly every day")).to_be_checked()
    context.close()


def test_taps_made_while_offline_are_saved_when_the_network_is_back(phone: Page) -> None:
    phone.goto("/measures/gad-7/")
    phone.get_by_role("button", name="All on one page").click()
    phone.context.set_offline(True)
    for number in range(2):
        phone.get_by_role("radio", name="Several days").nth(number).check(force=True)
    expect(phone.get_by_text("Couldn't save yet")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text(re.compile(r"Saved\. \d\d:\d\d"))).to_be_visible()
    assert Response.objects.get().given == {"1": 1, "2": 1}


def test_it_is_filled_in_with_the_keyboard_alone(phone: Page) -> None:
    phone.goto("/measures/gad-7/")
    phone.get_by_role("button", name="One at a time").press("Enter")
    expect(phone.get_by_text("1 of 7")).to_be_visible()
    phone.get_by_role("radio").first.focus()
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_text(re.compile(r"Saved\. \d\d:\d\d"))).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Next")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("2 of 7")).to_be_visible()
    assert Response.objects.get().given == {"1": 1}


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_nothing_for_axe_to_find_and_nothing_scrolls_sideways(phone: Page, width: int, scheme: str) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    phone.goto(PHQ_9)
    look(phone, PHQ_9)
    phone.get_by_role("button", name="One at a time").click()
    for path in (f"{PHQ_9}?at=9", f"{PHQ_9}?at=11", "/measures/", "/measures/gad-7/"):
        phone.goto(path)
        look(phone, path)
    phone.get_by_role("button", name="All on one page").click()
    look(phone, "all")


def test_the_therapist_reads_it_item_by_item(page: Page, pair: Pair, live_server: LiveServer) -> None:
    filled(pair[0], [1, 2, 1, 2, 1, 2, 1, None, 0])
    sign_in(page.context, pair[1], live_server)
    page.goto(f"/care/{pair[0].pk}/?show=measures")
    page.get_by_role("link", name="Item by item").click()
    expect(page.get_by_text("prorated from 8 of 9; item 8 left open")).to_be_visible()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        look(page, f"the therapist's page at {width}")


def look(page: Page, where: str) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert found == [], where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
