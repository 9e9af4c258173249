"""The week grid by keys alone, by mouse, by touch and without scripts; a sick day without scripts; nothing for axe to find."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from scheduling.absent import begin_absence
from scheduling.hours_week import hours_of
from scheduling.models import Appointment, AvailabilityRule
from scheduling.open_times import Wish
from scheduling.working import week_on
from tests.days import HERE, this_day
from tests.looks import SIZES, look_at_all
from tests.people import ally, make_client, make_therapist
from tests.scheduling.test_session_browser import sign_in

from .practice import LONG_AGO, Practice, kind_of, make_practice, works
from .test_open_times import ask

pytestmark = pytest.mark.django_db(transaction=True)
NINE, NOON, FIVE = time(9), time(12), time(17)


@pytest.fixture
def house(live_server: LiveServer) -> Practice:
    """There from nine to five, Monday to Friday."""
    practice = make_practice()
    AvailabilityRule.objects.filter(weekday__gt=5).delete()
    return practice


@pytest.fixture
def own(page: Page, house: Practice, live_server: LiveServer) -> Page:
    """A therapist at their own hours, on a wide screen."""
    sign_in(page.context, house.therapist, live_server)
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.goto("/care/availability/")
    expect(page.get_by_text("Arrow keys move")).to_be_visible()
    return page


def box(page: Page, words: str) -> Locator:
    return page.get_by_role("checkbox", name=words, exact=True)


def keep(page: Page, house: Practice) -> dict[int, list[tuple[time, time]]]:
    page.get_by_role("button", name="Keep this week").click()
    expect(page.get_by_text("Kept. Open times follow from it at once.")).to_be_visible()
    today = this_day(HERE, time(0))
    return week_on(hours_of(house.therapist, today), today)


def test_by_keyboard_alone_a_week_is_changed_and_kept(own: Page, house: Practice) -> None:
    own.get_by_role("region", name="The week, half hour by half hour").focus()
    own.keyboard.press("Tab")
    expect(box(own, "Monday 9:00 am to 9:30 am")).to_be_focused()
    for key in ("ArrowLeft", "ArrowDown", "ArrowUp"):  # before Monday is nothing: it stays there
        own.keyboard.press(key)
    expect(box(own, "Monday 9:00 am to 9:30 am")).to_be_focused()
    for _ in range(5):
        own.keyboard.press("ArrowRight")
    expect(box(own, "Saturday 9:00 am to 9:30 am")).to_be_focused()
    own.keyboard.press("Space")
    for _ in range(3):
        own.keyboard.press("Shift+ArrowDown")
    expect(box(own, "Saturday 10:30 am to 11:00 am")).to_be_checked()
    expect(own.locator("[data-grid-says]")).to_have_text("Saturday 10:30 am to 11:00 am, there")
    own.keyboard.press("Escape")
    expect(box(own, "Saturday 9:30 am to 10:00 am")).not_to_be_checked()
    expect(box(own, "Saturday 9:00 am to 9:30 am")).to_be_checked()
    own.keyboard.press("ArrowRight")
    own.keyboard.press("Enter")
    own.keyboard.press("Shift+ArrowUp")
    own.keyboard.press("Tab")
    expect(own.get_by_label("From this day on")).to_be_focused()
    week = keep(own, house)
    assert week[6] == [(NINE, time(9, 30))]
    assert week[7] == [(time(10), time(11))]
    assert week[1] == [(NINE, FIVE)]


def test_a_mouse_draws_a_stretch_and_takes_one_away(own: Page, house: Practice) -> None:
    draw(own, "Saturday 9:00 am to 9:30 am", "Saturday 11:30 am to 12:00 pm")
    draw(own, "Friday 4:30 pm to 5:00 pm", "Friday 12:00 pm to 12:30 pm")
    box(own, "Sunday 9:00 am to 9:30 am").click()
    week = keep(own, house)
    assert (week[5], week[6], week[7]) == ([(NINE, NOON)], [(NINE, NOON)], [(NINE, time(9, 30))])


def draw(page: Page, first: str, last: str) -> None:
    """From the middle of one box to that of another."""
    for number, words in enumerate((first, last)):
        there = box(page, words).bounding_box()
        assert there is not None
        page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=8)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


def test_by_touch_one_taps_where_it_begins_and_where_it_ends(browser: Browser, house: Practice, live_server: LiveServer) -> None:
    context = browser.new_context(
        base_url=live_server.url, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}
    )
    sign_in(context, house.therapist, live_server)
    page = context.new_page()
    page.goto("/care/availability/")
    expect(page.get_by_text("By touch")).to_be_visible()
    box(page, "Saturday 9:00 am to 9:30 am").tap()
    expect(page.locator("[data-grid-says]")).to_contain_text("Now tap where it ends")
    box(page, "Saturday 11:30 am to 12:00 pm").tap()
    expect(box(page, "Saturday 10:00 am to 10:30 am")).to_be_checked()
    box(page, "Monday 9:00 am to 9:30 am").tap()
    box(page, "Monday 9:00 am to 9:30 am").tap()
    box(page, "Tuesday 4:30 pm to 5:00 pm").tap()
    box(page, "Sunday 9:00 am to 9:30 am").tap()  # another day: Tuesday's was that half hour alone
    week = keep(page, house)
    context.close()
    assert (week[1], week[2]) == ([(time(9, 30), FIVE)], [(NINE, time(16, 30))])
    assert (week[6], week[7]) == ([(NINE, NOON)], [(NINE, time(9, 30))])


@pytest.fixture
def without_script(browser: Browser, house: Practice, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context
    context.close()


@pytest.fixture
def booked(house: Practice) -> Appointment:
    """The last open time of the coming week."""
    wish = Wish(kind=kind_of("integration"), by=house.staff, client=house.client, therapists=(house.therapist.pk,))
    first = this_day(HERE, time(0)) + timedelta(days=1)
    return house.book(ask(wish, first, first + timedelta(days=7), HERE)[-1].start, "integration", by=house.staff)


def test_without_scripts_a_week_is_ticked_and_shows_whom_it_touches(
    without_script: BrowserContext, house: Practice, booked: Appointment, live_server: LiveServer
) -> None:
    sign_in(without_script, house.therapist, live_server)
    page = without_script.new_page()
    page.goto("/care/availability/")
    for ticked in [one.get_attribute("value") for one in page.locator(".wg-day input:checked").all()]:
        page.locator(f'input[value="{ticked}"]').uncheck(force=True)
    page.get_by_role("button", name="Keep this week").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before this is kept")
    expect(page.get_by_role("heading", name=house.client.display_name)).to_be_visible()
    page.get_by_role("button", name="Keep it, they stay booked").click()
    expect(page.get_by_text("1 booked outside of it stay booked")).to_be_visible()
    booked.refresh_from_db()
    assert booked.state == "booked"


def test_without_scripts_a_sick_day_is_gone_through(
    without_script: BrowserContext, house: Practice, booked: Appointment, live_server: LiveServer
) -> None:
    hazel = make_therapist(display_name="Demo Hazel")
    works(hazel)
    ally(house.client, hazel, since=LONG_AGO)
    sign_in(without_script, house.staff, live_server)
    page = without_script.new_page()
    page.goto("/desk/")
    page.get_by_role("link", name="Somebody is away").click()
    page.get_by_label("Who can't be there").select_option(label=house.therapist.display_name)
    day = str(booked.starts.astimezone(HERE).date())
    page.get_by_label("First day").fill(day)
    page.get_by_role("button", name="Close their time and see everybody").click()
    expect(page.get_by_text("0 of 1 settled")).to_be_visible()
    page.get_by_role("link", name=f"Find a way for {house.client.display_name}").click()
    expect(page.get_by_role("radio", name="Same time, with Demo Hazel")).to_be_checked()
    page.get_by_role("button", name="Do this").click()
    expect(page.get_by_text("Keeps its time, with Demo Hazel.", exact=True)).to_be_visible()
    expect(page.get_by_text("Everybody is seen to.")).to_be_visible()
    booked.refresh_from_db()
    assert booked.therapist == hazel


PAGES = (
    "/desk/hours/?of={therapist}",
    "/desk/hours/?of={therapist}&whole=1",
    "/desk/hours/?of={room}",
    "/desk/hours/?of={clinic}",
    "/desk/away/",
    "/desk/away/{absence}/",
    "/desk/away/{absence}/{appointment}/",
    "/desk/appointments/{appointment}/",
)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, house: Practice, booked: Appointment, live_server: LiveServer
) -> None:
    sign_in(page.context, house.staff, live_server)
    works_too = make_therapist(display_name="Demo Hazel")
    works(works_too)
    ally(house.client, works_too, since=LONG_AGO)
    ally(make_client(), works_too)
    day = booked.starts.astimezone(HERE).date()
    known = {
        "therapist": house.therapist.pk,
        "room": house.room.pk,
        "clinic": house.clinic.pk,
        "appointment": booked.pk,
        "absence": begin_absence(house.therapist, day, day, by=house.staff).pk,
    }
    look_at_all(page, [path.format(**known) for path in PAGES], [*SIZES, (1280, "dark")])
