"""Mails as a mail program shows them: true in light and dark, readable, nothing that runs and nothing asked of anybody."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from koru.reminders.mailing import written
from koru.reminders.rendering import Rendered, rendered, rendered_together
from tests.care.world import signed_in
from tests.people import make_client

from .letters import due_letter
from .test_in_the_browser import STANDARD
from .test_rendering import CLINIC, KINDS, NOW, letter, reader, words

TOGETHER = ("session-tomorrow", "measure-due", "paused")
CARD, PAGE = {"light": "255, 253, 248", "dark": "28, 38, 33"}, {"light": "247, 242, 232", "dark": "19, 27, 23"}


def together() -> Rendered:
    return rendered_together([letter(name, reader("Asia/Kathmandu")) for name in TOGETHER], CLINIC, NOW)


def alone(name: str) -> Callable[[], Rendered]:
    return lambda: rendered(letter(name, reader("Asia/Kathmandu"), room_zone="America/Chicago"), CLINIC, NOW)


MAILS = {"with a stop": alone("session-tomorrow"), "without": alone("appointment-changed"), "of three": together}


class Painted(HTMLParser):
    """Tags that set a colour by themselves and have no class by which the dark palette reaches them; and what might run."""

    def __init__(self) -> None:
        super().__init__()
        self.stays_light: list[str] = []
        self.runs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        paints = re.search(r"(?<![-\w])(?:color|background)\s*:", given.get("style", ""))
        if paints and not given.get("class", "").startswith("m-"):
            self.stays_light.append(str(self.get_starttag_text()))
        if tag in {"script", "iframe", "object", "form", "img"} or any(name.startswith("on") for name in given):
            self.runs.append(str(self.get_starttag_text()))


@pytest.mark.parametrize(("name", "variant"), KINDS)
def test_every_colour_has_a_dark_one_and_nothing_runs(name: str, variant: str) -> None:
    painted = Painted()
    painted.feed(words(name, variant, "America/New_York").html)
    painted.feed(together().html)
    assert (painted.stays_light, painted.runs) == ([], [])


@pytest.mark.parametrize(("name", "variant"), KINDS)
def test_the_line_in_the_list_of_mails_says_what_it_is_about_without_an_address(name: str, variant: str) -> None:
    shown = re.search(r'<div style="display:none[^>]*>([^<]+)</div>', words(name, variant, "America/New_York").html)
    assert shown
    assert "http" not in shown[1]


def test_a_mail_of_several_names_each_and_has_one_greeting_and_one_end() -> None:
    said = together()
    assert said.text.count("Hello Demo Rowan") == said.text.count("this address isn’t read") == 1
    for subject in ("Tomorrow at", "A short form is ready", "We&#x27;ve paused your reminders"):
        assert subject in said.html
    assert len(re.findall(r"<h1", said.html)) == 1
    assert len(re.findall(r"<h2", said.html)) == 3
    assert said.text.count("/reminders/stop/") == 2, "one of the three can't be stopped"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mail", MAILS)
def test_in_a_browser_it_is_readable_in_its_own_colours(page: Page, mail: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    page.set_content(MAILS[mail]().html)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for part, colours in ((".m-page", PAGE), (".m-card", CARD)):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{part}')).backgroundColor") == f"rgb({colours[scheme]})"
    found = Axe().run(page, options=STANDARD)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.django_db
def test_a_new_address_gets_nothing_before_its_reader_has_proved_it() -> None:

    person = make_client(email="old@example.org")
    signed_in(person).post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    person.refresh_from_db()
    assert written(due_letter(person, "session-week"), CLINIC, timezone.now()).to == ["old@example.org"]
