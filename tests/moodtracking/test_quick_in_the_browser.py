"""A note's link on a phone: by thumb with scripts, by keyboard without them, and never more than once."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.reminders.models import Letter
from koru.reminders.quick_links import signed
from moodtracking.models import CheckIn
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def note() -> Letter:
    make_clinic()
    now = timezone.now()
    return due_letter(make_client(), "check-in", due_at=now, handed_at=now, sent_at=now)


def tap(page: Page, word: str) -> None:
    """By thumb: the whole box is the target."""
    page.get_by_role("radiogroup", name="How are you right now?").locator("label", has_text=re.compile(rf"^\s*{word}")).click()


def test_each_tap_is_kept_and_done_says_so(page: Page, note: Letter) -> None:
    page.goto(f"/check-in/quick/{signed(note.pk)}/")
    assert signed(note.pk) not in page.url
    tap(page, "A bit low")
    expect(page.locator("[data-tap-state]")).to_contain_text("Saved.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert CheckIn.objects.get().answers == {"mood": -1}


def test_a_rough_moment_has_help_on_the_page_at_once(page: Page, note: Letter) -> None:
    page.goto(f"/check-in/quick/{signed(note.pk)}/")
    tap(page, "Very low")
    expect(page.locator("[data-tap-rough]")).to_be_visible()
    expect(page.locator("[data-tap-rough]").get_by_role("link", name="Help now")).to_be_visible()


def test_by_keyboard_alone_and_without_scripts(browser: Browser, live_server: LiveServer, note: Letter) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/check-in/quick/{signed(note.pk)}/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator("input[name=mood]:focus").count():
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert list(CheckIn.objects.get().answers) == ["mood"]
    context.close()


def test_nothing_is_cut_off_on_a_narrow_phone(browser: Browser, live_server: LiveServer, note: Letter) -> None:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in (f"/check-in/quick/{signed(note.pk)}/", "/check-in/quick/kept/", "/check-in/quick/made-up/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
