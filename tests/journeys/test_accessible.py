"""Every page within reach, for everybody: read by machines, in the dark, on the narrowest phone, with help at hand."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .pages import found, own
from .people import Seats, complaints

pytestmark = pytest.mark.slow

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ROLES = ("", "client", "therapist", "staff")
# awaited by the page itself: wait_for_function takes a promise for a yes, so what is asked here is asked again in a loop
KEPT = """async () => {
  const activated = async () => (await navigator.serviceWorker.getRegistration("/help-now/"))?.active?.state === "activated";
  for (let left = 600; left; left -= 1) {
    if ((await activated()) && (await caches.match("/help-now/"))?.ok) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""
STYLED = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"
SCRIPTED = "document.head.append(Object.assign(document.createElement('script'), { textContent: '1' }))"
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 860}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page: Page) -> list[Any]:
    response = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in response]


def too_wide(page: Page) -> list[str]:
    """What sticks out to the right, when the page scrolls sideways."""
    script = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *, header *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120)).slice(0, 3)"""
    found: list[str] = page.evaluate(script)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_in_light_or_dark_no_browser_complains_and_nothing_scrolls_sideways_at_320_px(
    seats: Seats, role: str
) -> None:
    seen: dict[str, Any] = {}
    with seats.of(role, viewport=NARROW) as context:
        page, paths, heard = context.new_page(), own(context, role), complaints(context)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for path in paths:
                page.goto(path)
                seen[f"{path} {scheme}"] = faults(page) + too_wide(page)
    assert len(paths) >= {"": 8, "client": 25, "therapist": 7, "staff": 12}[role]
    assert {path: problems for path, problems in seen.items() if problems} == {}
    assert heard == []


@pytest.mark.parametrize("role", ["therapist", "staff"])
def test_nothing_scrolls_sideways_on_a_wide_screen_either(seats: Seats, role: str) -> None:
    with seats.of(role, viewport=WIDE) as context:
        page = context.new_page()
        for path in own(context, role):
            page.goto(path)
            assert too_wide(page) == [], path


def test_help_is_one_tap_away_on_every_page_of_a_client_without_scripts_too(seats: Seats) -> None:
    with seats.of("client", java_script_enabled=False) as context:
        page = context.new_page()
        for path in found(context, "client"):
            if path.startswith("/help-now/"):
                continue
            page.goto(path)
            expect(page.locator("header").get_by_role("link", name="Help now")).to_be_visible()
        page.goto("/today/")
        page.locator("header").get_by_role("link", name="Help now").click()
        expect(page.get_by_role("link", name="Call 988").first).to_be_visible()


def test_help_is_kept_once_a_page_of_koru_was_seen_and_opens_with_no_network(seats: Seats) -> None:
    with seats.of("") as context:
        page = context.new_page()
        page.goto("/privacy/")
        assert page.evaluate(KEPT)
        page.goto("/help-now/")  # a tab new to it: offline as it is emulated, half of the first visits never reach the worker
        context.set_offline(True)
        page.goto("/help-now/")
        expect(page.get_by_role("link", name="Call 988").first).to_be_visible()
        assert page.evaluate("fetch('/healthz').then((it) => it.ok, () => false)") is False
        assert page.evaluate("getComputedStyle(document.querySelector('a.tel')).display") != "inline"
        context.set_offline(False)


def test_the_browser_complains_of_no_page_of_an_admin(seats: Seats) -> None:
    """Django's own site, under the same policy: its scripts are files, and none is written into a page."""
    with seats.of("admin", viewport=WIDE) as context:
        page, paths, heard = context.new_page(), own(context, "admin"), complaints(context)
        for path in paths:
            page.goto(path)
        assert len(paths) >= 12
    assert heard == []


def test_a_broken_policy_is_heard(seats: Seats) -> None:
    """Else the two above would be content with anything."""
    with seats.of("") as context:
        heard, page = complaints(context), context.new_page()
        page.goto("/privacy/")
        for breaks in (STYLED, SCRIPTED):
            with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
                page.evaluate(breaks)
    assert len(heard) >= 2
