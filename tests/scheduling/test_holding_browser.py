"""Holding in a real browser: picked is held, counted down in a low voice, freed by leaving; two who want one time."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from scheduling.models import Appointment
from tests.late_scripts import slow_line
from tests.people import ally, cleared, make_client
from tests.stack.running import until

from .practice import LONG_AGO, Practice, make_practice
from .test_session_browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
BOOK = "/sessions/book/"


@pytest.fixture
def house(live_server: LiveServer) -> Practice:
    return make_practice()


@pytest.fixture
def other(house: Practice) -> Person:
    person = cleared(make_client(), date(2027, 12, 31))
    ally(person, house.therapist, since=LONG_AGO)
    return person


class Seats:
    """Browsers of several people at once."""

    def __init__(self, browser: Browser, server: LiveServer, open_ones: ExitStack) -> None:
        self.browser, self.server, self.open_ones = browser, server, open_ones

    def of(self, person: Person, *, scripts: bool = True) -> Page:
        context = self.browser.new_context(base_url=self.server.url, java_script_enabled=scripts)
        self.open_ones.callback(context.close)
        sign_in(context, person, self.server)
        return context.new_page()


@pytest.fixture
def seats(browser: Browser, live_server: LiveServer) -> Iterator[Seats]:
    with ExitStack() as open_ones:
        yield Seats(browser, live_server, open_ones)


def later_week(page: Page) -> None:
    page.goto(BOOK)
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("link", name="Earlier")).to_be_visible()


def test_two_browsers_want_one_time_and_the_second_is_told_at_once(house: Practice, other: Person, seats: Seats) -> None:
    first, second = seats.of(house.client), seats.of(other)
    for page in (first, second):
        later_week(page)
    first.get_by_role("radio").nth(2).check(force=True)
    expect(first.get_by_text("Held for you until")).to_be_visible()
    second.get_by_role("radio").nth(2).check(force=True)
    expect(second.get_by_text("That time has just been taken.").first).to_be_visible()
    expect(second.locator(".slot.held")).to_contain_text("just taken")
    near = second.get_by_role("group", name="Nearest open times").get_by_role("radio")
    expect(near).to_have_count(3)
    near.first.check(force=True)
    expect(second.get_by_text("Held for you until")).to_be_visible()
    for page in (first, second):
        page.get_by_role("button", name="Book this time").click()
        expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert Appointment.objects.filter(state="booked").count() == 2


def test_the_minutes_are_counted_and_more_are_had_once(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client)
    later_week(page)
    page.get_by_label("Who is taking you home?").fill("Demo Lark")
    page.get_by_role("radio").first.check(force=True)
    expect(page.locator("[data-left]")).to_have_text(" · 10 minutes")
    page.get_by_role("button", name="Hold it ten minutes longer").click()
    expect(page.locator("[data-left]")).to_have_text(" · 20 minutes")
    expect(page.get_by_role("button", name="Hold it ten minutes longer")).to_have_count(0)
    expect(page.get_by_label("Who is taking you home?")).to_have_value("Demo Lark")
    page.get_by_role("button", name="Let it go").click()
    expect(page.get_by_role("status").filter(has_text="Nothing is held.")).to_be_attached()
    expect(page.locator("#id_start_0 input:checked")).to_have_count(0)
    assert not Appointment.objects.exists()


def test_it_is_freed_by_leaving_and_kept_by_turning_to_another_week(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client)
    later_week(page)
    page.get_by_role("radio").first.check(force=True)
    expect(page.get_by_text("Held for you until")).to_be_visible()
    page.get_by_role("link", name="Earlier").click()
    expect(page.get_by_text("Held for you until")).to_be_visible()
    page.get_by_role("link", name="Journal").click()
    expect(page.get_by_role("heading", name="Journal")).to_be_visible()
    assert until(lambda: not Appointment.objects.exists())
    page.goto(BOOK)
    expect(page.get_by_text("Held for you until")).to_have_count(0)


def test_by_keyboard_alone_a_time_is_held_and_booked(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client)
    later_week(page)
    page.get_by_role("radio").first.press("Space")
    expect(page.get_by_text("Held for you until")).to_be_visible()
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("radio").nth(1)
    expect(page.locator(f"[data-start='{second.get_attribute('value')}']")).to_be_attached()
    expect(second).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Demo Lark")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert (Appointment.objects.get().state, Appointment.objects.get().way_home) == ("booked", "Demo Lark")


def test_without_scripts_it_is_held_lengthened_and_booked(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client, scripts=False)
    later_week(page)
    page.locator("label.slot").first.click()
    page.get_by_label("Who is taking you home?").fill("Demo Lark")
    page.get_by_role("button", name="Hold this time for ten minutes").click()
    expect(page.get_by_text("Held for you until")).to_be_visible()
    page.get_by_role("button", name="Hold it ten minutes longer").click()
    expect(page.get_by_label("Who is taking you home?")).to_have_value("Demo Lark")
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert Appointment.objects.get().state == "booked"


def test_the_desk_holds_while_it_talks(house: Practice, seats: Seats) -> None:
    page = seats.of(house.staff)
    page.goto(f"/desk/book/?client={house.client.pk}&for=0")
    page.get_by_role("link", name="Later").click()
    page.get_by_role("radio").first.check(force=True)
    expect(page.locator("[data-held]")).to_be_visible()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert Appointment.objects.get().booked_by == house.staff


def test_a_time_picked_before_the_scripts_came_stays_picked_and_is_held(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client)
    later_week(page)
    with slow_line(page) as line:
        line.open(page.url)
        picked = page.get_by_role("radio").nth(1)
        picked.check(force=True)
        line.let_come()
    expect(page.get_by_text("Held for you until")).to_be_visible()
    expect(picked).to_be_checked()
    assert Appointment.objects.get().state == "held"
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
