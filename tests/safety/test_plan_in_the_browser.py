"""The safety plan in a real browser: typed and closed, kept on the device by choice, gone with signing out."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.safety import planning
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing
from koru.sealing.keyring import keyring
from tests.people import make_client

from .test_plan import CANARY, Pair, make_pair

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = "/safety-plan/"
KEPT = "() => caches.match('/help-now/plan/').then((page) => page ? page.text() : '')"
HELP_IS_READY = """async () => {
  for (let left = 300; left; left -= 1) {
    if (await caches.match("/help-now/")) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def pair() -> Pair:
    made = make_pair()
    people = (PlanLine("Demo Ash", "+1 212 555 0123", "Can we talk?"),)
    planning.keep(made.rowan, Writing({"signs": (PlanLine(CANARY),), "people": people}, 0, uuid4()), by=made.rowan)
    return made


def sign_in(page: Page, live_server: LiveServer, person: Person) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )


def test_what_was_typed_is_there_after_the_tab_was_closed(page: Page, live_server: LiveServer, pair: Pair) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto(f"{PLAN}edit/")
    page.get_by_label("How I notice it's getting hard, line 2").fill("I sleep in my clothes")
    expect(page.locator(".state span")).to_contain_text("Saved at", timeout=10_000)
    again = page.context.new_page()
    page.close()
    again.goto(f"{PLAN}edit/")
    expect(again.get_by_label("How I notice it's getting hard, line 2")).to_have_value("I sleep in my clothes")


def test_what_was_typed_with_no_network_is_there_once_it_is_back(page: Page, live_server: LiveServer, pair: Pair) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto(f"{PLAN}edit/")
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    page.context.set_offline(True)
    page.get_by_label("How I notice it's getting hard, line 2").press_sequentially("I sleep in my clothes")
    expect(page.locator(".state span")).to_contain_text("Offline. Kept on this phone", timeout=15_000)
    page.context.set_offline(False)
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{PLAN}edit/")
    expect(again.get_by_label("How I notice it's getting hard, line 2")).to_have_value("I sleep in my clothes")


def test_a_plan_kept_on_the_device_opens_from_help_now_with_no_network_and_goes_with_signing_out(
    page: Page, live_server: LiveServer, pair: Pair
) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto("/help-now/")
    expect(page.locator("[data-kept-plan]")).to_be_hidden()
    assert page.evaluate(HELP_IS_READY)
    page.goto(PLAN)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_text("It is kept on this device.")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/help-now/")
    page.get_by_role("link", name="Your safety plan, kept on this device").click()
    expect(page.get_by_text(CANARY)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Call Demo Ash"))).to_have_attribute("href", "tel:+12125550123")
    page.context.set_offline(False)
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert page.evaluate(KEPT) == ""
    assert page.evaluate("() => caches.keys().then((names) => names.length)") <= 1  # Help now, which is nobody's


def kept_within(page: Page, words: str) -> None:
    """What the device keeps comes to hold these words, or, without any, nothing. Asked again until it does."""
    for _ in range(100):
        kept = page.evaluate(KEPT)
        if words in kept and bool(words) == bool(kept):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the device keeps: {kept[:200]!r}")


def test_a_copy_follows_the_plan_and_can_be_taken_off(page: Page, live_server: LiveServer, pair: Pair) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto(PLAN)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_text("It is kept on this device.")).to_be_visible()
    planning.keep(pair.rowan, Writing({"signs": (PlanLine("Other words now"),)}, 1, uuid4()), by=pair.rowan)
    page.goto(PLAN)
    kept_within(page, "Other words now")
    page.get_by_role("button", name="Take it off this device").click()
    expect(page.get_by_text("It is no longer on this device.")).to_be_visible()
    kept_within(page, "")


def test_a_copy_of_somebody_else_goes_from_a_shared_device(page: Page, live_server: LiveServer, pair: Pair) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto(PLAN)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_text("It is kept on this device.")).to_be_visible()
    page.context.clear_cookies()
    other = make_client()
    planning.keep(other, Writing({"signs": (PlanLine("Theirs"),)}, 0, uuid4()), by=other)
    sign_in(page, live_server, other)
    page.goto(PLAN)
    kept_within(page, "")


@pytest.mark.parametrize("path", [PLAN, f"{PLAN}edit/", f"{PLAN}versions/", f"{PLAN}copy/", "/help-now/plan/"])
def test_its_pages_can_be_used_by_everybody(page: Page, live_server: LiveServer, pair: Pair, path: str) -> None:
    sign_in(page, live_server, pair.rowan)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(path)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_it_prints_on_one_page(page: Page, live_server: LiveServer, pair: Pair) -> None:
    lines = {
        slug: tuple(PlanLine(f"A line of my own, number {place}") for place in range(4))
        for slug in ("signs", "alone", "places", "space", "matters")
    }
    people = tuple(PlanLine(f"Demo Ash {place}", "+1 212 555 0123", "Can we talk for a while?") for place in range(4))
    planning.keep(pair.rowan, Writing({**lines, "people": people}, 1, uuid4()), by=pair.rowan)
    sign_in(page, live_server, pair.rowan)
    page.goto(PLAN)
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_by_keyboard_enter_saves_and_the_buttons_move_lines(page: Page, live_server: LiveServer, pair: Pair) -> None:
    lines = {"signs": (PlanLine("First"), PlanLine("Second"))}
    planning.keep(pair.rowan, Writing(lines, 1, uuid4()), by=pair.rowan)
    sign_in(page, live_server, pair.rowan)
    page.goto(f"{PLAN}edit/")
    page.get_by_role("button", name=re.compile("^Down")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**draft=**")
    expect(page.locator("#id_signs-0-words")).to_have_value("Second")
    page.locator("#id_signs-0-words").press("Enter")
    page.wait_for_url(f"**{PLAN}")
    expect(page.locator(".lines").first).to_contain_text(re.compile("Second.*First", re.DOTALL))
