"""Booking while somebody is on the phone, in a real browser: presses are counted, since each is a second of theirs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from scheduling.models import Appointment, ConsultationRequest
from tests.desk.test_in_the_browser import sign_in
from tests.desk.test_timetable_browser import desk, house

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["desk", "house"]  # fixtures


class Keys:
    """A keyboard that counts. A name typed counts letter by letter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += len(words)


def test_by_keyboard_somebody_is_found_and_booked_in_fifteen_presses(desk: Page) -> None:
    keys = Keys(desk)
    keys.press("/")
    expect(desk.get_by_role("searchbox", name="Find")).to_be_focused()
    keys.type("clov")
    expect(desk.locator("#find-here").get_by_role("link", name="Demo Clover", exact=True)).to_be_visible()
    keys.press("ArrowDown", "ArrowDown", "Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Book for Demo Clover")
    desk.wait_for_load_state("networkidle")  # the place named in the address is gone to once the page is whole
    keys.press("Tab")
    expect(desk.locator("#first-open button").first).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_text("Booked.")).to_be_visible()
    assert keys.count <= 15
    assert Appointment.objects.filter(client__display_name="Demo Clover").count() == 2


def test_another_kind_is_one_link_away_and_a_time_one_press(desk: Page) -> None:
    desk.get_by_role("searchbox", name="Find").fill("clover")
    desk.get_by_role("link", name="Book for Demo Clover").click()
    desk.get_by_role("navigation", name="What").get_by_role("link", name="Integration").click()
    desk.locator("#first-open button").first.click()
    expect(desk.get_by_text("Booked.")).to_be_visible()
    assert Appointment.objects.filter(client__display_name="Demo Clover", kind="integration").count() == 1


def test_escape_puts_the_found_away_and_a_slash_in_a_field_is_a_slash(desk: Page) -> None:
    box = desk.get_by_role("searchbox", name="Find")
    desk.keyboard.press("/")
    desk.keyboard.type("ash/")
    expect(box).to_have_value("ash/")
    box.fill("ash")
    expect(desk.locator("#find-here").get_by_role("link", name="Demo Ash", exact=True)).to_be_visible()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Escape")
    expect(desk.locator("#find-here a")).to_have_count(0)
    expect(box).to_be_focused()


def test_a_new_caller_is_booked_by_keyboard_with_name_and_number(desk: Page) -> None:
    keys = Keys(desk)
    keys.press("/")
    keys.type("Sorrel")
    expect(desk.locator("#find-here").get_by_role("link", name="Somebody new")).to_be_visible()
    keys.press("ArrowDown", "Enter")
    expect(desk.get_by_label("Name")).to_have_value("Sorrel")
    desk.locator("#id_phone").focus()
    keys.type("4155550147")
    desk.locator("#first-open button").first.press("Enter")
    expect(desk.get_by_text("Tell them the time.")).to_be_visible()
    asked = ConsultationRequest.objects.get()
    assert (asked.name, asked.phone, asked.appointments.get().state) == ("Sorrel", "4155550147", "booked")


@pytest.fixture
def narrow(browser: Browser, house: dict[str, Person], live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, viewport={"width": 320, "height": 800})
    sign_in(context, house["staff"], live_server)
    yield context.new_page()
    context.close()


def test_without_scripts_at_320_pixels_somebody_is_found_and_booked(narrow: Page) -> None:
    narrow.goto("/desk/")
    narrow.get_by_role("link", name="Find").click()
    narrow.get_by_label("Name, phone or address").fill("clover")
    narrow.get_by_role("button", name="Look").click()
    narrow.get_by_role("link", name="Book for Demo Clover").click()
    narrow.locator("#first-open button").first.click()
    expect(narrow.get_by_text("Booked.")).to_be_visible()


def test_without_scripts_a_new_caller_is_booked(narrow: Page) -> None:
    narrow.goto("/desk/book/")
    narrow.get_by_role("link", name=re.compile("Somebody new")).click()
    narrow.get_by_label("Name").fill("Demo Sorrel")
    narrow.locator("#id_phone").fill("415 555 0147")
    narrow.locator("#id_phone").press("Enter")
    expect(narrow.get_by_label("Name")).to_have_value("Demo Sorrel")
    narrow.locator("#first-open button").first.click()
    expect(narrow.get_by_text("Tell them the time.")).to_be_visible()
