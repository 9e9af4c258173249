"""The free talk in a real browser: with and without scripts, at 320 px, in light and dark, by keyboard alone."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.inviting import invite
from koru.people.models import Clinic, Invitation
from koru.safety.help_now import forget
from scheduling.models import Appointment, AvailabilityRule, ConsultationRequest
from tests.people import make_clinic, make_staff, make_therapist
from tests.reading_rules import broken_rules

Scheme = Literal["light", "dark"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def open_clinic() -> Iterator[Clinic]:
    cache.clear()
    forget()
    therapist = make_therapist()
    for weekday in range(1, 8):
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=weekday, opens=time(9), closes=time(17), valid=DateRange(date(2026, 1, 1), None)
        )
    yield make_clinic(hours="Monday to Friday, 9 am to 5 pm")
    forget()


def opened(browser: Browser, live_server: LiveServer, **how: Any) -> BrowserContext:
    return browser.new_context(base_url=live_server.url, timezone_id="America/Denver", **how)


SLOTS = '#id_at input[name="at"]:not(details *)'


def fill_in(page: Page) -> None:
    page.locator(SLOTS).nth(3).check(force=True)
    page.get_by_label("What should we call you?").fill("Demo Rowan")
    page.get_by_label("Email").fill("rowan@example.org")
    page.wait_for_timeout(2100)  # nobody is that quick


@pytest.mark.parametrize("scripts", [True, False])
def test_three_pages_lead_from_the_first_to_a_held_time(browser: Browser, live_server: LiveServer, scripts: bool) -> None:
    context = opened(browser, live_server, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Pick a time for a free talk").click()
    expect(page.get_by_label("Times shown in")).to_have_value("America/Denver" if scripts else "America/New_York")
    fill_in(page)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    assert page.url.endswith(f"/consultation/{ConsultationRequest.objects.get().token}/")
    assert ConsultationRequest.objects.get().zone == ("America/Denver" if scripts else "America/New_York")
    context.close()


def test_a_time_picked_while_the_own_zone_is_still_on_its_way_stays_picked(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server)
    page = context.new_page()
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/consultation/?zone=*", keep)
    page.goto("/consultation/")
    fill_in(page)
    picked = page.locator(f"{SLOTS}:checked").get_attribute("value")
    waiting.pop().continue_()
    expect(page.get_by_label("Times shown in")).to_have_value("America/Denver")
    expect(page.locator('input[name="at"]:checked')).to_have_value(picked or "")
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    context.close()


def test_without_an_answer_about_the_zone_the_clinics_times_stay_and_book(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server)
    page = context.new_page()
    page.route("**/consultation/?zone=*", lambda route: route.abort())
    page.goto("/consultation/")
    fill_in(page)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    assert ConsultationRequest.objects.get().zone == "America/New_York"
    context.close()


def test_the_zone_is_guessed_and_another_choice_shows_its_times_and_keeps_what_is_typed(
    browser: Browser, live_server: LiveServer
) -> None:
    context = opened(browser, live_server)
    page = context.new_page()
    page.goto("/consultation/")
    expect(page.get_by_label("Times shown in")).to_have_value("America/Denver")
    page.get_by_label("What should we call you?").fill("Demo Rowan")
    page.get_by_label("Times shown in").select_option("Asia/Kathmandu")
    expect(page.get_by_role("group", name="Open times, Kathmandu time (UTC+5:45)")).to_be_attached()
    expect(page.get_by_label("What should we call you?")).to_have_value("Demo Rowan")
    context.close()


def test_a_lost_race_is_met_without_scripts_too(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server, java_script_enabled=False)
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto("/consultation/")
        fill_in(page)
    one.get_by_role("button", name="Book this time").click()
    other.get_by_role("button", name="Book this time").click()
    expect(other.get_by_role("alert")).to_contain_text("taken a moment ago")
    other.get_by_role("group", name="Nearest open times").locator("input").first.check(force=True)
    other.get_by_role("button", name="Book this time").click()
    expect(other.get_by_role("heading", name="Your time is held")).to_be_visible()
    assert Appointment.objects.filter(state="booked").count() == 2
    context.close()


def test_moving_twice_and_cancelling_by_the_first_link_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/consultation/")
    fill_in(page)
    page.get_by_role("button", name="Book this time").click()
    link = page.url
    for n in (8, 12):
        page.goto(link)
        page.get_by_role("link", name="Move it").click()
        page.locator(SLOTS).nth(n).check(force=True)
        page.get_by_role("button", name="Move to this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    page.get_by_role("link", name="Cancel it").click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_role("heading", name="This time is cancelled")).to_be_visible()
    assert Appointment.objects.get().revision == 3
    context.close()


def test_the_keyboard_alone_books(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server, viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto("/consultation/?zone=America/Denver")
    page.get_by_label("Times shown in").focus()
    later = page.get_by_role("button", name="Later")
    page.keyboard.press("Tab")
    expect(later).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "at"
    assert page.evaluate("document.activeElement.checked")
    page.get_by_label("What should we call you?").focus()
    page.keyboard.type("Demo Rowan")
    page.keyboard.press("Tab")
    page.keyboard.type("rowan@example.org")
    page.wait_for_timeout(2100)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    context.close()


def test_the_honest_words_come_before_any_button_to_book_at_320_px(browser: Browser, live_server: LiveServer) -> None:
    context = opened(browser, live_server, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto("/")
    button = page.get_by_role("link", name="Pick a time for a free talk").bounding_box()
    assert button
    for words in (
        "Two and a half hours.",
        "One step after another.",
        "What it costs.",
        "Who it may not be for.",
        "Not for emerg",
    ):
        box = page.get_by_text(words).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= button["y"]
    context.close()


def paths() -> list[str]:
    """One address of each page, with something behind it."""
    staff, now = make_staff(), timezone.now()
    invitation = invite("rowan@example.org", "Demo Rowan", by=staff, zone="America/Denver")
    old = invite("old@example.org", "Demo Heron", by=staff, zone="America/Denver")
    Invitation.objects.filter(pk=old.pk).update(expires_at=now - timedelta(days=1))
    links = [f"/invitation/{one.token}/" for one in (invitation, old)]
    return ["/", "/consultation/", "/consultation/nobody/", "/help-now/", "/help-now/?region=XX", "/privacy/", *links]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_public_page_and_nothing_scrolls_sideways(
    browser: Browser, live_server: LiveServer, scheme: Scheme
) -> None:
    context = opened(browser, live_server, viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    for path in paths():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], path
    page.goto("/consultation/")
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    fill_in(page)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    link = page.url
    for tail in ("", "move/", "cancel/"):
        page.goto(link + tail)
        assert faults(page) == [], tail
    context.close()


def faults(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in found]


def test_the_public_pages_read_at_grade_eight_or_below_and_keep_to_our_words(page: Page) -> None:
    for path in paths():
        page.goto(path)
        text = page.evaluate("[...document.querySelectorAll('main p, main li, main h1, main h2, main h3')].map(e => e.innerText)")
        assert broken_rules(" ".join(text).replace("should we", "").replace("we should", "")) == [], path
        assert grade(" ".join(f"{one.rstrip('. ')}." for one in text if len(one.split()) > 3)) <= 8, path


def grade(text: str) -> float:
    """Flesch and Kincaid's grade level, syllables counted by groups of vowels."""
    sentences = max(1, len(re.findall(r"[.?:]+(?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower().rstrip("e")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
