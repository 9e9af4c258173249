"""A guide walked on two devices: offline in the middle, a closed tab, a lost session, without scripts, kept and read again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .people import DESK, Seats

pytestmark = pytest.mark.slow
RIVER = "The river was there the whole time."


@pytest.fixture
def phone(seats: Seats) -> Iterator[BrowserContext]:
    with seats.of("client") as context:
        yield context


@pytest.fixture
def laptop(seats: Seats) -> Iterator[BrowserContext]:
    with seats.of("client", viewport=DESK) as context:
        yield context


def to_step(page: Page, guide: str, steps: int = 0) -> Page:
    """Begin a guide or go on where it was left, and go on for some steps that ask nothing."""
    page.goto(f"/journal/guides/{guide}/")
    page.get_by_role("button", name=re.compile("Begin|Go on where you were")).click()
    for _ in range(steps):
        page.get_by_role("button", name="Go on", exact=True).click()
    return page


def words(page: Page) -> Page:
    """A page that is ready to keep words on its device."""
    page.wait_for_load_state("networkidle")
    return page


def state(page: Page, said: str) -> None:
    expect(page.locator(".state")).to_contain_text(said, timeout=15_000)


def test_begun_on_the_phone_with_no_network_and_finished_on_the_laptop(phone: BrowserContext, laptop: BrowserContext) -> None:
    page = words(to_step(phone.new_page(), "first-steps", steps=1))
    box = page.get_by_label("Your words")
    box.press_sequentially("The river was")
    state(page, "Saved at")
    phone.set_offline(True)
    box.press_sequentially(" there the whole time.")
    state(page, "Offline. Kept on this phone")
    again = phone.new_page()
    page.close()
    phone.set_offline(False)
    to_step(again, "first-steps")
    expect(again.get_by_label("Your words")).to_have_value(RIVER)
    state(again, "Saved at")
    again.reload()
    expect(again.get_by_label("Your words")).to_have_value(RIVER)

    there = words(to_step(laptop.new_page(), "first-steps"))
    expect(there.get_by_text("First steps, 2 of 4")).to_be_visible()
    expect(there.get_by_label("Your words")).to_have_value(RIVER)
    there.get_by_role("button", name="Keep and go on").click()
    there.get_by_role("button", name="Skip this question").click()
    there.get_by_label("Your words").fill("Slow mornings.")
    there.get_by_role("button", name="Keep and finish").click()
    expect(there.get_by_role("heading", name="First steps", level=1)).to_be_visible()

    again.goto("/journal/guides/")
    again.get_by_role("region", name="Kept").get_by_role("link", name="First steps").click()
    for said in (RIVER, "Slow mornings."):
        expect(again.get_by_text(said)).to_be_visible()
    expect(again.get_by_role("heading", level=2)).to_have_count(3)  # two questions, and who may read it
    again.goto("/journal/")
    waiting = again.get_by_role("region", name="Not kept yet")  # other journeys of this client may have left some
    for said in (RIVER, "Slow mornings."):
        expect(waiting.get_by_text(said)).to_have_count(0)


def test_two_devices_at_one_step_see_both_and_lose_neither(phone: BrowserContext, laptop: BrowserContext) -> None:
    here, there = words(to_step(phone.new_page(), "feeling-safe")), words(to_step(laptop.new_page(), "feeling-safe"))
    here.get_by_label("Your words").fill("A blanket.")
    there.get_by_label("Your words").fill("Rain on a roof.")
    here.get_by_role("button", name="Keep and go on").click()
    expect(here.get_by_text("What helps me feel safe, 2 of")).to_be_visible()
    there.get_by_role("button", name="Keep and go on").click()
    expect(there.get_by_role("region", name="Kept from another page or device")).to_contain_text("A blanket.")
    expect(there.get_by_label("Your words")).to_have_value("Rain on a roof.")
    there.get_by_role("button", name="Keep both").click()
    expect(there.get_by_text("What helps me feel safe, 2 of")).to_be_visible()
    there.get_by_role("button", name="Back").click()
    expect(there.get_by_label("Your words")).to_have_value("A blanket.\n\nRain on a roof.")


def test_a_session_that_is_lost_at_a_step_loses_no_word(seats: Seats) -> None:
    with seats.of("client") as context:
        page = words(to_step(context.new_page(), "rough-patch", steps=2))
        page.get_by_label("Your words").fill("Sleep, mostly.")
        state(page, "Saved at")
        page.get_by_label("Your words").fill("Sleep, mostly. And quiet.")
        context.clear_cookies(name="koru_session")
        page.get_by_role("button", name="Keep and go on").click()
        sign_in_again(page)
        page.get_by_role("button", name=re.compile("Save|Keep|Send")).first.click()
        page.goto("/journal/guides/rough-patch/")
        page.get_by_role("button", name="Go on where you were").click()
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_label("Your words")).to_have_value("Sleep, mostly. And quiet.")


def sign_in_again(page: Page) -> None:
    """On the page that asks for it, so that it leads back to where the words wait."""
    page.get_by_label("Email").fill("client@demo.example.org")
    page.get_by_label("Password", exact=True).fill("koru-demo-unfurl")
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_with_one_thumb_words_and_places_are_tapped_and_can_be_taken_back(phone: BrowserContext) -> None:
    page = words(to_step(phone.new_page(), "soft-landing", steps=2))
    for tap in ("hands", "tingling", "chest"):
        page.locator("label.chip:visible", has_text=tap).first.click()
    box = page.get_by_label("Your own word, or a line")
    expect(box).to_have_value("Body: chest · hands (tingling)")
    page.locator("label.chip:visible", has_text="chest").first.click()
    box.press_sequentially("\n\nBy the window.")
    state(page, "Saved at")
    page.reload()
    expect(page.get_by_role("checkbox", name="hands")).to_be_checked()
    expect(page.get_by_role("checkbox", name="chest")).not_to_be_checked()
    expect(box).to_have_value("Body: hands (tingling)\n\nBy the window.")
    page.get_by_role("button", name="Keep and go on").click()
    page.locator("label.chip:visible", has_text="quiet").or_(page.locator("label.chip:visible", has_text="soft")).first.click()
    page.get_by_role("button", name="Keep and finish").click()
    expect(page.get_by_text("Body: hands (tingling)")).to_be_visible()


def test_without_scripts_a_guide_goes_from_its_first_step_to_its_keepsake(seats: Seats) -> None:
    with seats.of("client", java_script_enabled=False) as context:
        page = to_step(context.new_page(), "soft-landing", steps=2)
        page.get_by_role("checkbox", name="feet").check(force=True)
        page.get_by_label("Your own word, or a line").fill("The rug.")
        page.get_by_role("button", name="Leave it here").click()
        expect(page.get_by_text("It waits at this step for 14 days.")).to_be_visible()
        to_step(page, "soft-landing")
        expect(page.get_by_role("checkbox", name="feet")).to_be_checked()
        page.get_by_role("button", name="Keep and go on").click()
        page.get_by_role("button", name="One word").click()
        page.get_by_label("Your own word, or a line").fill("Wide")
        page.get_by_role("button", name="Keep and finish").click()
        expect(page.get_by_text("Body: feet")).to_be_visible()
        expect(page.get_by_text("Wide")).to_be_visible()


def test_the_keyboard_alone_walks_a_step(laptop: BrowserContext) -> None:
    page = words(to_step(laptop.new_page(), "keeping-well"))
    page.get_by_label("Your words").focus()
    page.keyboard.type("I sleep badly first.")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText") == "Keep and go on":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Keeping well, 2 of"))).to_be_visible()


def test_a_keepsake_prints_its_words_alone(laptop: BrowserContext) -> None:
    page = laptop.new_page()
    page.goto("/journal/guides/")
    page.get_by_role("region", name="Kept").get_by_role("link", name="This morning").click()
    page.emulate_media(media="print")
    expect(page.get_by_text("Soft, and a little curious")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Change"))).to_have_count(0)
    expect(page.get_by_role("heading", name="Only me")).to_have_count(0)
