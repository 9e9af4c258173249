"""The caseload and a timeline in a real browser: by keys, a name found without an address, and read by axe in all looks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.safety.noticing import notice
from koru.safety.quiet_hellos import QuietHello
from tests.days import this_day
from tests.looks import SIZES, look_at_all
from tests.people import ally, make_client
from tests.safety.test_plan_in_the_browser import sign_in

from .test_brief_blocks import filled
from .test_timeline_windows import many_years
from .world import appointment, check_in, make_pair, write

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Zoë Søren", "Ash", "Žofie", "Juniper")
DAY = timedelta(days=1)


@pytest.fixture
def people(page: Page, live_server: LiveServer) -> tuple[Person, Person]:
    client, therapist = make_pair()
    for name in NAMES:
        one = make_client(display_name=name)
        ally(one, therapist)
        write(one)
        check_in(one)
    notice(client, {"asked.look": 1}, about=None, by=client)
    sign_in(page, live_server, therapist)
    return client, therapist


def test_a_name_is_found_without_accents_and_without_an_address(page: Page, people: tuple[Person, Person]) -> None:
    page.goto("/care/")
    address, listed = page.url, page.locator("#people-list > li:visible")
    expect(listed).to_have_count(5)
    page.get_by_label("Find a client").fill("zoe SOREN".replace("O", "Ø").lower())
    expect(page.get_by_text("1 person", exact=True)).to_be_visible()
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("Zoë Søren")
    page.get_by_label("Find a client").fill("zo")
    expect(listed).to_have_count(2)
    page.get_by_label("Find a client").fill("nobody here")
    expect(page.get_by_text("Nobody by that name")).to_be_visible()
    page.get_by_label("Find a client").press("Escape")
    expect(listed).to_have_count(5)
    assert page.url == address


def test_j_and_k_go_along_the_lines_and_leave_typing_alone(page: Page, people: tuple[Person, Person]) -> None:
    page.goto("/care/")
    expect(page.get_by_text("In the list, the keys J and K go down and up.")).to_be_visible()
    links = page.locator("#people-list > li h3 a")
    links.first.focus()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    page.get_by_label("Find a client").press_sequentially("j")
    expect(page.get_by_label("Find a client")).to_have_value("j")
    expect(page.locator("#people-list > li:visible")).to_have_count(1)
    page.get_by_label("Find a client").press("Tab")
    expect(page.get_by_role("region", name="Everyone").get_by_role("link", name="Juniper")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/care/*-*/")


def test_a_timeline_by_keys_where_lines_have_nothing_to_open(page: Page, people: tuple[Person, Person]) -> None:
    client, _ = people
    for hour in range(3):
        check_in(client, timezone.now() - timedelta(hours=hour + 1))
    page.goto(f"/care/{client.pk}/")
    lines = page.locator("ol.timeline > li")
    expect(lines.first).to_have_attribute("tabindex", "0")
    lines.first.focus()
    page.keyboard.press("j")
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(lines.first).to_be_focused()


def test_nobody_is_left_out_on_these_pages(page: Page, people: tuple[Person, Person]) -> None:
    client, therapist = people
    many_years(client, therapist, 200)
    met = appointment(client, therapist, timezone.now() - 5 * DAY, "met")
    filled(people, "phq-9", 17, 20)
    own = f"/care/{client.pk}/"
    paths = ["/care/", "/care/?show=word", own, f"{own}?zoom=month", f"{own}?zoom=day", f"{own}sessions/{met.pk}/around/"]

    def open_tables(page: Page) -> None:
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")

    look_at_all(page, paths, [*SIZES, (1280, "dark")], open_tables)


def test_nor_on_the_answer_to_a_hello_and_its_choice(page: Page, live_server: LiveServer, people: tuple[Person, Person]) -> None:
    client, _ = people
    QuietHello.objects.create(client=client, last_sign=this_day(), said_at=timezone.now())
    page.context.clear_cookies()
    sign_in(page, live_server, client)
    look_at_all(page, ["/hello/", "/hello/?say=call", "/settings/#quieter", "/today/"])
    page.goto("/hello/?say=busy")
    page.get_by_label("The person I work with may know").check()
    page.get_by_role("button", name="Just busy").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
