"""Every component in every state: nothing for axe to find, nothing to scroll sideways, keys that work."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SIZES = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def gallery(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, base_url=live_server.url)
    page = context.new_page()
    page.goto("/ui/")
    yield page
    context.close()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(gallery: Page) -> None:
    found = Axe().run(gallery, options=RULES)
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found.response["violations"]] == []
    assert found.response["passes"]
    assert gallery.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_one_operates_is_large_enough_for_a_thumb(gallery: Page) -> None:
    small = gallery.evaluate(
        """() => [...document.querySelectorAll("button, .btn, .help, .step, .choice, .slot, .tick, .input, .tel, summary")]
        .filter((it) => it.offsetParent && (it.offsetHeight < 43.5 || it.offsetWidth < 43.5))
        .map((it) => `${it.className} ${it.offsetWidth} ${it.offsetHeight} ${it.textContent.trim()}`)"""
    )
    assert small == []


def test_the_page_runs_under_the_content_policy_without_a_word_in_the_console(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda failure: said.append(str(failure)))
    answer = page.goto("/ui/")
    assert answer is not None
    assert "script-src" in answer.headers["content-security-policy"]
    assert [words for words in said if "Autofocus" not in words] == []


def test_arrows_move_within_a_scale_and_tab_leaves_it(page: Page) -> None:
    page.goto("/ui/")
    page.locator("#plain_mood_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#plain_mood_2")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#plain_energy_0")).to_be_focused()


def test_a_focused_step_has_a_ring_of_three_pixels(page: Page) -> None:
    page.goto("/ui/")
    page.locator("#plain_mood_0").focus()
    page.keyboard.press("Space")
    ring = page.locator(".step:has(#plain_mood_0)").evaluate("(it) => getComputedStyle(it).outlineWidth")
    assert ring == "3px"


def test_tapping_the_chosen_step_again_takes_it_back(page: Page) -> None:
    page.goto("/ui/")
    step = page.locator(".step:has(#plain_mood_3)")
    step.click()
    expect(page.locator("#plain_mood_3")).to_be_checked()
    step.click()
    expect(page.locator("#plain_mood_3")).not_to_be_checked()


def test_a_key_takes_the_chosen_step_back_too(page: Page) -> None:
    page.goto("/ui/")
    page.locator("#plain_mood_3").check(force=True)
    page.locator("#plain_mood_3").press("Backspace")
    expect(page.locator("#plain_mood_3")).not_to_be_checked()


def test_the_summary_of_errors_is_focused_on_arrival_and_leads_to_the_field(page: Page) -> None:
    page.goto("/ui/")
    expect(page.locator(".problem")).to_be_focused()
    page.get_by_role("link", name="Enter an email address with an @").click()
    expect(page.locator("#with_email")).to_be_focused()


def test_a_dialog_opens_on_the_safe_choice_and_escape_gives_the_focus_back(page: Page) -> None:
    page.goto("/ui/")
    page.get_by_role("link", name="Open a dialog").click()
    expect(page.locator("#asked").get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#asked")).not_to_be_visible()


def test_the_first_tab_is_the_way_past_the_bar(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page(base_url=live_server.url)
    page.goto("/accounts/login/")
    page.locator("body").press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.close()


def test_without_script_radios_and_forms_still_stand(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/ui/")
    page.locator("#plain_share_1").check(force=True)
    expect(page.locator("#plain_share_1")).to_be_checked()
    context.close()
