"""The keepsake by keys alone: words chosen, seen in it, both files taken along; read by axe in all looks; the file from disk."""

from pathlib import Path
from typing import Literal

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from tests.looks import faults, look_at_all
from tests.pdf_words import words_of

from .keepsakes import CHOSEN, KEEPSAKE, NEVER_CHOSEN, WORDS, finished, full

pytestmark = pytest.mark.django_db(transaction=True)
Scheme = Literal["light", "dark"]
PASSWORD = "unfurl-in-peace"
TITLE = "Demo Rowan"


@pytest.fixture
def rowan(page: Page, live_server: LiveServer) -> Person:
    client, therapist = full()
    finished(client, therapist)
    client.set_password(PASSWORD)
    client.save()
    browser = Client()
    browser.force_login(client, backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in browser.cookies.items()]
    )
    return client


def press(page: Page, goal: Locator, key: str = "Enter", most: int = 60) -> None:
    """Tab by tab to what is meant, and then the key."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
    raise AssertionError(f"never reached: {goal}")


def saved(page: Page, button: str, name: str, to: Path) -> bytes:
    """What the browser keeps when that button is pressed."""
    with page.expect_download() as coming:
        press(page, page.get_by_role("button", name=button))
    assert coming.value.suggested_filename == name
    coming.value.save_as(to / name)
    return (to / name).read_bytes()


def test_words_are_chosen_seen_and_taken_along_by_keys_alone(page: Page, rowan: Person, tmp_path: Path) -> None:
    page.goto(KEEPSAKE)
    expect(page.get_by_text(CHOSEN)).to_have_count(0)
    press(page, page.get_by_role("link", name="Choose words"))
    expect(page.get_by_role("heading", name="Choose words")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text=CHOSEN)
    press(page, row.get_by_role("link"))
    press(page, page.get_by_role("checkbox", name="All of it"), "Space")
    press(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("It goes in.")).to_be_visible()
    page.goto(KEEPSAKE)
    expect(page.get_by_text(CHOSEN)).to_be_visible()
    press(page, page.get_by_role("button", name="As a PDF"))
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Take it along")).to_be_visible()
    paper = words_of(saved(page, "As a PDF", "koru-keepsake.pdf", tmp_path))
    assert CHOSEN in paper
    assert NEVER_CHOSEN not in paper
    again = saved(page, "As a PDF", "koru-keepsake.pdf", tmp_path)
    assert CHOSEN in words_of(again), "nothing waited for a next page"
    html = saved(page, "As a page (HTML)", "koru-keepsake.html", tmp_path).decode()
    assert CHOSEN in html
    for scheme in PAPER:
        opens_from_disk(page, tmp_path / "koru-keepsake.html", scheme)


PAPER: dict[Scheme, str] = {"light": "rgb(247, 242, 232)", "dark": "rgb(19, 27, 23)"}


def opens_from_disk(page: Page, file: Path, scheme: Scheme) -> None:
    """In a browser without network, in its own colours, with nothing that axe finds and nothing asked of anybody."""
    browser, asked = page.context.browser, list[str]()
    assert browser
    context = browser.new_context(offline=True, color_scheme=scheme, bypass_csp=True)
    alone = context.new_page()
    alone.on("request", lambda one: asked.append(one.url))
    alone.goto(file.as_uri())
    expect(alone.get_by_role("heading", name=TITLE)).to_be_visible()
    assert alone.evaluate("getComputedStyle(document.body).backgroundColor") == PAPER[scheme]
    assert faults(alone) == []
    context.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


def test_nobody_is_left_out_on_any_of_its_pages(page: Page, rowan: Person) -> None:
    page.goto(WORDS)
    entry = page.get_by_role("listitem").filter(has_text=CHOSEN).get_by_role("link").get_attribute("href") or ""
    look_at_all(page, (KEEPSAKE, WORDS, entry, "/goodbye/"))
