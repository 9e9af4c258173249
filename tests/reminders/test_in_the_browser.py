"""Stopping by keyboard, without signing in; nothing for axe to find, nothing to scroll sideways, in light and dark."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from koru.reminders.models import OptOut
from koru.reminders.rendering import rendered
from koru.reminders.stopping import stop_path
from koru.stack.mailbox import keep
from tests.people import make_client

from .letters import due_letter
from .test_mailbox import MAIL
from .test_rendering import CLINIC, NOW, letter, reader

pytestmark = pytest.mark.django_db(transaction=True)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STANDARD = {"runOnly": {"type": "tag", "values": WCAG}}  # a mail is an article, without a page's landmarks
RULES = {"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}}
LONG = MAIL.replace(b"<1@", b"<2@").replace(b"rowan@", b"a-very-long-address-of-somebody-without-a-break@")
SIZES: list[tuple[int, Literal["light", "dark"]]] = [(320, "light"), (390, "dark"), (1280, "light")]


def looks_well(page: Page, path: str) -> None:
    page.goto(path)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, path
    found = Axe().run(page, options=RULES)
    assert not found.response["violations"], f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_the_pages_of_letters_hold_nothing_for_axe_and_nothing_to_scroll_sideways(
    page: Page, width: int, scheme: Literal["light", "dark"], settings: Settings, tmp_path: Path
) -> None:
    settings.KORU_DEMO, settings.KORU_HOME = True, tmp_path
    (tmp_path / "mailbox").mkdir()
    names = [keep(tmp_path / "mailbox", mail).stem for mail in (MAIL, LONG)]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    stop = stop_path(due_letter(make_client(), "check-in").pk)
    for path in (stop, "/demo/mailbox/", *(f"/demo/mailbox/{name}/" for name in names)):
        looks_well(page, path)


def test_notes_are_stopped_and_wanted_again_by_keyboard_alone(page: Page) -> None:
    page.goto(stop_path(due_letter(make_client(), "check-in").pk))
    for button, says in (("Stop them", "These notes have stopped"), ("Send them again", "Stop these notes?")):
        while page.evaluate("document.activeElement.textContent.trim()") != button:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(says)
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_as_it_looks_holds_nothing_for_axe(page: Page, scheme: Literal["light", "dark"]) -> None:
    words = rendered(letter("session-tomorrow", reader("Asia/Kathmandu"), room_zone="America/Chicago"), CLINIC, NOW)
    page.emulate_media(color_scheme=scheme)
    page.set_content(words.html)
    found = Axe().run(page, options=STANDARD)
    assert not found.response["violations"], found.generate_report()
