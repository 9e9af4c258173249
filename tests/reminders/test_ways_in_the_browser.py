"""The inbox and the page of ways: nothing for axe to find, nothing to scroll sideways, by keyboard and without scripts too."""

from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.reminders.choosing_ways import ways_now
from koru.reminders.stopping import later_path

from .letters import due_letter
from .test_in_the_browser import SIZES, looks_well
from .test_inbox import told
from .test_push_in_the_browser import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_pages_hold_nothing_for_axe_and_nothing_to_scroll_sideways(
    page: Page, live_server: LiveServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    person = signed_in(page, live_server)
    told(person), told(person, "check-in")
    note = due_letter(person, "measure-due", due_at=timezone.now())
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in ("/inbox/", "/settings/notes/", later_path(note.pk)):
        looks_well(page, path)


def test_ways_are_chosen_without_scripts(browser: Browser, live_server: LiveServer, page: Page) -> None:
    person = signed_in(page, live_server)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto("/settings/notes/")
    expect(plain.get_by_text("Letting a device in needs this page’s scripts.")).to_be_visible()
    row = plain.get_by_role("group", name="When a short form is ready")
    row.get_by_label("In Koru").check()
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_text("Saved. What is on its way follows.")).to_be_visible()
    assert ways_now(person)["measure-due"] == ("mail", "inbox")
    context.close()
