"""Booking by keyboard and without script; nothing for axe to find on any page of it, nothing to scroll sideways."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.moments.spans import Span
from koru.people.models import Person
from scheduling.models import Appointment
from scheduling.open_times import Wish, open_times
from tests.looks import look_at_all

from .practice import Practice, kind_of, make_practice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(live_server: LiveServer) -> Practice:
    practice = make_practice()
    Person.objects.filter(pk=practice.client.pk).update(zone="America/Denver")
    practice.client.refresh_from_db()
    return practice


@pytest.fixture
def booked(house: Practice) -> Appointment:
    """The last open time of the coming week."""
    wish, now = (
        Wish(kind=kind_of("dosing"), by=house.client, client=house.client, therapists=(house.therapist.pk,)),
        timezone.now(),
    )
    return house.book(open_times(wish, Span(now, now + timedelta(days=7)), now=now)[-1].start)


def sign_in(context: BrowserContext, person: Person, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def without_script(browser: Browser, house: Practice, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    sign_in(context, house.client, live_server)
    yield context.new_page()
    context.close()


def test_by_keyboard_alone_a_time_is_chosen_and_booked(page: Page, house: Practice, live_server: LiveServer) -> None:
    sign_in(page.context, house.client, live_server)
    page.goto("/sessions/")
    page.get_by_role("link", name="Book a time").press("Enter")
    first = page.get_by_role("group", name="Open times").get_by_role("radio").first
    first.press("Space")
    first.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Who is taking you home?")).to_be_focused()
    page.keyboard.type("Demo Lark")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert Appointment.objects.get().way_home == "Demo Lark"


def test_without_script_a_session_is_booked_moved_and_cancelled(without_script: Page, house: Practice) -> None:
    page = without_script
    page.goto("/sessions/book/")
    page.get_by_role("link", name="Later").click()  # of the week that ends soon none may be far enough away to be moved
    page.locator("label.slot").last.click()
    page.get_by_role("button", name="Book this time").click()
    page.get_by_role("link", name="Another time").click()
    page.get_by_role("link", name="Later").click()
    page.locator("label.slot").nth(-2).click()  # not of its beginning, which from a Saturday on is too near to be cancelled
    page.get_by_role("button", name="Move it there").click()
    page.get_by_role("link", name="Cancel it").click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_role("alert")).to_contain_text("Pick what fits best")
    page.get_by_role("radio", name="I'd rather not say").check(force=True)
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("Nothing will remind you of it.")).to_be_visible()
    made = Appointment.objects.get()
    assert (made.state, made.revision) == ("cancelled", 2)


def test_a_lost_race_focuses_the_summary_and_keeps_the_words(page: Page, house: Practice, live_server: LiveServer) -> None:
    sign_in(page.context, house.client, live_server)
    page.goto("/sessions/book/")
    slot = page.get_by_role("radio").first
    slot.check(force=True)
    page.get_by_label("Who is taking you home?").fill("Demo Lark")
    expect(page.get_by_text("Held for you until")).to_be_visible()
    began = timezone.now() - timedelta(minutes=11)
    Appointment.objects.update(booked_at=began, held_until=began + timedelta(minutes=10))
    house.book(datetime.fromisoformat(slot.get_attribute("value") or ""), by=house.staff)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("Error: Book a session · koru")
    expect(page.get_by_label("Who is taking you home?")).to_have_value("Demo Lark")
    page.get_by_role("group", name="Nearest open times").get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, house: Practice, booked: Appointment, live_server: LiveServer
) -> None:
    sign_in(page.context, house.client, live_server)
    own = [f"{booked.pk}/{page}" for page in ("", "move/", "cancel/")]
    look_at_all(page, [f"/sessions/{path}" for path in ("", "book/", "book/?for=1", *own)])


def test_axe_finds_nothing_on_the_pages_of_hours(
    page: Page, house: Practice, booked: Appointment, live_server: LiveServer
) -> None:
    for person, path in ((house.therapist, "/care/availability/"), (house.staff, "/desk/hours/")):
        page.context.clear_cookies()
        sign_in(page.context, person, live_server)
        look_at_all(page, [path])
