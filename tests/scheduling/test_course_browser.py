"""A course in a real browser: proposed, changed and booked by keyboard alone and without scripts; two who want the same dates."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from scheduling.models import Appointment
from tests.days import this_day
from tests.looks import look_at_all
from tests.people import ally, cleared, make_client

from .course import pair, proposed
from .practice import LONG_AGO, Practice, make_practice
from .test_holding_browser import Seats

pytestmark = pytest.mark.django_db(transaction=True)
COURSE = "/sessions/course/"


@pytest.fixture
def house(live_server: LiveServer) -> Practice:
    return make_practice()


@pytest.fixture
def seats(browser: Browser, live_server: LiveServer) -> Iterator[Seats]:
    with ExitStack() as open_ones:
        yield Seats(browser, live_server, open_ones)


def booked_by(person: Person) -> int:
    return Appointment.objects.filter(client=person, state="booked").count()


def test_by_keyboard_alone_dates_are_proposed_one_is_changed_and_all_are_booked(house: Practice, seats: Seats) -> None:
    page = seats.of(house.client)
    page.goto("/sessions/")
    page.get_by_role("link", name="Several dates at once").press("Enter")
    page.get_by_role("radio", name="Preparation and three sessions").press("Space")
    page.get_by_role("button", name="See the dates").press("Enter")
    expect(page.get_by_role("heading", name="7 dates, proposed")).to_be_visible()
    page.get_by_role("link", name="Another time than").nth(1).press("Enter")
    page.locator("#id_start_0 input").first.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Changed").first).to_be_visible()
    page.get_by_role("button", name="Book all 7").press("Enter")
    expect(page.get_by_text("All of it is booked.")).to_be_visible()
    assert booked_by(house.client) == 7


def test_without_scripts_the_desk_proposes_and_the_client_books_and_moves_one(house: Practice, seats: Seats) -> None:
    desk, phone = seats.of(house.staff, scripts=False), seats.of(house.client, scripts=False)
    desk.goto(f"/desk/clients/{house.client.pk}/")
    desk.get_by_role("link", name="Several dates").click()
    desk.get_by_role("radio", name="Preparation and six sessions").check(force=True)
    desk.get_by_role("button", name="See the dates").click()
    expect(desk.get_by_role("heading", name="13 dates, proposed")).to_be_visible()
    phone.goto("/sessions/")
    phone.get_by_role("link", name="Look at them").click()
    phone.get_by_role("button", name="Book all 13").click()
    expect(phone.get_by_text("All of it is booked.")).to_be_visible()
    assert booked_by(house.client) == 13
    session, meeting = pair(house.client.courses.get(), 3)
    phone.goto(f"/sessions/{session.pk}/move/")
    expect(phone.get_by_text("Its integration meeting goes with it")).to_be_visible()
    phone.get_by_role("link", name="Later").click()
    phone.locator("label.slot").first.click()
    phone.get_by_role("button", name="Move it there").click()
    expect(phone.get_by_text("Its integration meeting went with it")).to_be_visible()
    was = (session.starts, meeting.starts)
    assert all(one.starts != before for one, before in zip(pair(house.client.courses.get(), 3), was, strict=True))


def test_of_two_browsers_with_the_same_dates_one_has_them_whole_and_the_other_sees_the_nearest(
    house: Practice, seats: Seats
) -> None:
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, house.therapist, since=LONG_AGO)
    pages: list[Page] = []
    for person in (house.client, other):
        proposed(house, client=person, from_day=this_day())
        pages.append(seats.of(person))
        pages[-1].goto(COURSE)
    pages[0].get_by_role("button", name="Book all 7").click()
    expect(pages[0].get_by_text("All of it is booked.")).to_be_visible()
    pages[1].get_by_role("button", name="Book all 7").click()
    expect(pages[1].get_by_text("Nothing is booked yet: one of the dates")).to_be_visible()
    expect(pages[1].get_by_text("Changed").first).to_be_visible()
    assert (booked_by(house.client), booked_by(other)) == (7, 0)
    pages[1].get_by_role("button", name="Book all 7").click()
    expect(pages[1].get_by_text("All of it is booked.")).to_be_visible()
    assert booked_by(other) == 7


def test_axe_finds_nothing_and_nothing_scrolls_sideways(house: Practice, seats: Seats) -> None:
    proposed(house, "first-six", from_day=this_day())
    look_at_all(seats.of(house.client), [COURSE, f"{COURSE}3/"])
