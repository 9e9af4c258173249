"""Checking in, writing and booking by keys alone, with the focus in sight at each step."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from .people import DESK, Seats

pytestmark = pytest.mark.slow

IN_SIGHT = """() => {
    const marked = e => { const s = getComputedStyle(e);
        return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
    const here = document.activeElement;
    return [here, here.closest('label'), here.closest('.sheet'), here.nextElementSibling].some(e => e && marked(e));
}"""


@pytest.fixture
def page(seats: Seats) -> Iterator[Page]:
    with seats.of("client", viewport=DESK, has_touch=False) as context:
        yield context.new_page()


def tab_to(page: Page, goal: Locator, most: int = 90) -> None:
    """Tab by tab, and each stop can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(IN_SIGHT), where
        if goal.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"never reached, last at {where}")


def test_the_first_stop_skips_to_the_page(page: Page) -> None:
    page.goto("/today/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_check_in_by_keys(page: Page) -> None:
    page.goto("/check-in/")
    tab_to(page, page.get_by_role("radio", name="Very low, 1 of 7"))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Okay, 5 of 7")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Done"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check-in")).to_be_visible()


def test_writing_by_keys(page: Page) -> None:
    page.goto("/journal/new/")
    tab_to(page, page.get_by_label("Your words"))
    page.keyboard.type("Typed without a mouse.")
    tab_to(page, page.get_by_role("radio", name="Only me"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="My therapist")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Typed without a mouse.")).to_be_visible()


def test_booking_by_keys(page: Page) -> None:
    page.goto("/sessions/book/")
    tab_to(page, page.get_by_role("link", name="Follow-up meeting"))
    page.keyboard.press("Enter")
    page.wait_for_url("**for=*")
    tab_to(page, page.locator("#id_start_0 input:not([disabled])").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Book this time"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Cancel it")).to_be_visible()
