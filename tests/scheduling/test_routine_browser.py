"""A routine under a thumb: a tap on the first page, the same without scripts, and the quiet timer."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from tests.people import make_client, make_clinic

from .routine import begun, days_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def rowan(db: None) -> Person:
    make_clinic()
    return make_client()


def signed_in(page: Page, person: Person, live_server: LiveServer) -> Page:
    web = Client()
    web.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies([{"name": name, "value": one.value, "url": live_server.url} for name, one in web.cookies.items()])
    return page


def test_a_tap_on_the_first_page_marks_it_and_keeps_the_place(page: Page, rowan: Person, live_server: LiveServer) -> None:
    routine = begun(rowan, "I feel my feet")
    signed_in(page, rowan, live_server).goto("/today/", wait_until="networkidle")
    tap = page.get_by_role("button", name="If the kettle is on, then I feel my feet")
    expect(tap).to_have_attribute("aria-pressed", "false")
    tap.focus()
    page.keyboard.press("Space")
    expect(tap).to_have_attribute("aria-pressed", "true")
    expect(tap).to_be_focused()
    assert list(days_of(routine).values()) == ["done"]
    page.keyboard.press("Space")
    expect(tap).to_have_attribute("aria-pressed", "false")
    assert days_of(routine) == {}


def test_without_scripts_the_same_taps_work(browser: Browser, rowan: Person, live_server: LiveServer) -> None:
    routine = begun(rowan, "I feel my feet")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = signed_in(context.new_page(), rowan, live_server)
    page.goto("/routine/")
    page.get_by_role("button", name="Smallest version").click()
    expect(page.get_by_role("button", name="Smallest version", pressed=True)).to_be_visible()
    assert list(days_of(routine).values()) == ["smallest"]
    page.goto(f"/routine/focus/?on={routine.pk}&minutes=2")
    expect(page.get_by_text("only this")).to_be_visible()
    expect(page.get_by_text("From then on a break")).to_be_visible()
    context.close()


def test_the_timer_fills_pauses_and_ends_in_a_break_without_a_number(page: Page, rowan: Person, live_server: LiveServer) -> None:
    page.clock.install()
    signed_in(page, rowan, live_server).goto("/routine/focus/?minutes=2")
    expect(page.locator("[data-focus][data-ready]")).to_be_visible()
    says = page.locator("[data-focus-says]")
    page.get_by_role("button", name="Pause").click()
    expect(says).to_have_text("Paused. There is no hurry.")
    page.clock.fast_forward("10:00")
    expect(page.get_by_text("only this")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(says).to_have_text("")
    page.clock.fast_forward("02:01")
    expect(says).to_have_text("That is enough. A break now.")
    expect(page.get_by_text("only this")).to_be_hidden()
    expect(page.get_by_text("From then on a break")).to_be_visible()
