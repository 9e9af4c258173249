"""The web is killed with -9 between hold and booking, and while it books: nothing is half-booked, and the page goes on."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from koru.stack import home as homes
from koru.stack.ports import next_free
from scheduling.alone import LOCK
from tests.journeys.people import seated, sign_in
from tests.journeys.stack import Stack, living_stack
from tests.stack.running import until

pytestmark = pytest.mark.slow

WEB = "gunicorn"
WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
HELD = "SELECT id, state FROM scheduling_appointment WHERE state = 'held'"
LEFT = """
SELECT (SELECT count(*) FROM scheduling_appointmentchange),
       (SELECT count(*) FROM reminders_letter WHERE kind IN ('appointment-booked', 'course-booked')),
       (SELECT count(*) FROM scheduling_appointment WHERE state = 'booked')
"""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with living_stack(next_free(24000 + 500 * number)) as running:
        yield running


@pytest.fixture(scope="module")
def phone(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    with seated(browser, stack) as context:
        sign_in(context.new_page(), "client@demo.example.org")
        yield context


@contextmanager
def nobody_books(stack: Stack) -> Iterator[None]:
    """The one lock of all bookings is somebody else's for a while, so that a deed stands in the middle."""
    with closing(psycopg2.connect(homes.database_url(stack.home))) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield


def kill_the_web(stack: Stack) -> None:
    """With -9, master and workers; its supervisor starts it again."""
    master = stack.demo.child(WEB)
    for process in (master, *master.children(recursive=True)):
        process.kill()


def is_there_again(phone: BrowserContext) -> bool:
    try:
        return phone.request.get("/readyz", timeout=2000).status == 200
    except PlaywrightError:
        return False


def press_and_kill(page: Page, button: str, stack: Stack) -> None:
    with nobody_books(stack):
        page.get_by_role("button", name=button).click(no_wait_after=True)
        assert until(lambda: stack.sql(WAITS) == [(1,)])
        kill_the_web(stack)
    assert until(lambda: is_there_again(page.context), 60)


def test_killed_between_hold_and_booking_and_while_booking_the_hold_stands_and_is_booked_after_all(
    phone: BrowserContext, stack: Stack
) -> None:
    page = phone.new_page()
    page.goto("/sessions/book/?for=2")
    page.locator("#id_start_0 input:not([disabled])").last.check(force=True)
    expect(page.get_by_text("Held for you until")).to_be_visible()
    [(held, _)], left = stack.sql(HELD), stack.sql(LEFT)
    kill_the_web(stack)
    assert until(lambda: is_there_again(phone), 60)
    assert (stack.sql(HELD), stack.sql(LEFT)) == ([(held, "held")], left)
    press_and_kill(page, "Book this time", stack)
    assert (stack.sql(HELD), stack.sql(LEFT)) == ([(held, "held")], left)
    page.goto("/sessions/book/?for=2")
    expect(page.get_by_text("Held for you until")).to_be_visible()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("status").filter(has_text="Booked.")).to_be_visible()
    assert stack.sql("SELECT state FROM scheduling_appointment WHERE id = %s", held) == [("booked",)]


def test_killed_while_a_course_is_booked_none_of_it_is(phone: BrowserContext, stack: Stack) -> None:
    page = phone.new_page()
    page.goto("/sessions/course/")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="See the dates").click()
    expect(page.get_by_role("heading", name="dates, proposed")).to_be_visible()
    left = stack.sql(LEFT)
    press_and_kill(page, "Book all", stack)
    assert stack.sql(LEFT) == left
    assert stack.sql("SELECT count(*) FROM scheduling_coursedate WHERE appointment_id IS NOT NULL") == [(0,)]
    page.goto("/sessions/course/")
    page.get_by_role("button", name="Book all").click()
    expect(page.get_by_text("All of it is booked.")).to_be_visible()
