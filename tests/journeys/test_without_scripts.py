"""The journey's forms in a browser that runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .people import DESK, Seats

pytestmark = pytest.mark.slow


@pytest.fixture
def phone(seats: Seats) -> Iterator[Page]:
    with seats.of("client", java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def desk(seats: Seats) -> Iterator[Page]:
    with seats.of("staff", java_script_enabled=False, viewport=DESK) as context:
        yield context.new_page()


def test_a_free_talk_is_booked(seats: Seats) -> None:
    with seats.of("", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/consultation/")
        page.locator("#id_at label.slot:visible").nth(1).click()
        page.get_by_label("What should we call you?").fill("Demo Sedge")
        page.get_by_label("Email").fill("sedge@example.org")
        page.wait_for_timeout(2100)  # nobody is that quick
        page.get_by_role("button", name="Book this time").click()
        expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()


def test_words_are_kept_and_shared(phone: Page) -> None:
    phone.goto("/journal/new/")
    phone.get_by_label("Your words").fill("Rain on the roof all morning.")
    phone.get_by_role("radio", name="My therapist").check(force=True)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("Rain on the roof all morning.")).to_be_visible()
    expect(phone.get_by_role("heading", name="My therapist")).to_be_visible()


def test_an_entry_without_words_is_asked_for_them_beside_the_field(phone: Page) -> None:
    phone.goto("/journal/new/")
    phone.get_by_text("Add a title").click()
    phone.get_by_label("A title").fill("Only a title")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("nothing written yet")
    expect(phone.get_by_label("A title")).to_have_value("Only a title")


def test_a_check_in_is_kept(phone: Page) -> None:
    phone.goto("/check-in/")
    phone.get_by_role("radio", name="Okay, 5 of 7").check(force=True)
    phone.get_by_role("button", name="Done").click()
    expect(phone.get_by_role("heading", name="Check-in")).to_be_visible()
    expect(phone.get_by_text("okay", exact=True)).to_be_visible()


def test_a_meeting_is_booked_and_cancelled(phone: Page) -> None:
    phone.goto("/sessions/book/")
    phone.get_by_role("link", name="Integration meeting").click()
    phone.locator("#id_start_0 label.slot:not(.held):visible").first.click()
    phone.get_by_role("button", name="Book this time").click()
    phone.get_by_role("link", name="Cancel it").click()
    phone.get_by_role("radio", name="I'd rather not say").check(force=True)
    phone.get_by_role("button", name="Cancel it").click()
    expect(phone.get_by_text("Cancelled").first).to_be_visible()


def test_a_choice_in_settings_is_kept(phone: Page) -> None:
    phone.goto("/settings/")
    phone.get_by_label("Your own word for an appointment").fill("Piano lesson")
    phone.get_by_role("region", name="About you").get_by_role("button").click()
    expect(phone.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(phone.get_by_label("Your own word for an appointment")).to_have_value("Piano lesson")


def test_the_desk_invites_somebody_and_writes_down_a_consent(desk: Page) -> None:
    desk.goto("/desk/clients/invite/")
    desk.get_by_label("Name").fill("Demo Sorrel Reed")
    desk.get_by_label("Email").fill("sorrel.reed@example.org")
    desk.get_by_role("button", name="Send the link").click()
    expect(desk.get_by_role("status").filter(has_text="Invited.")).to_be_visible()
    expect(desk.get_by_role("alert")).to_have_count(0)
    desk.goto("/desk/clients/?q=Juniper")
    desk.get_by_role("link", name="Demo Juniper").click()
    desk.get_by_role("link", name="treatment").click()
    desk.get_by_label("The client has read these words and says yes").check()
    desk.get_by_role("button", name="Record the yes").click()
    expect(desk.get_by_role("status").filter(has_text="recorded.")).to_be_visible()


def test_the_desk_books_for_somebody(desk: Page) -> None:
    desk.goto("/desk/clients/?q=Juniper")
    desk.get_by_role("link", name="Demo Juniper").click()
    desk.locator("main").get_by_role("link", name="Book").click()
    desk.get_by_role("navigation", name="What").get_by_role("link", name="Preparation meeting").click()
    desk.locator("#id_start_0 label.slot:not(.held):visible").first.click()
    desk.get_by_role("button", name="Book this time").click()
    expect(desk.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
