"""A therapist types on a client's pages in a real browser: a closed tab and a lost network lose nothing."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from tests.safety.test_plan_in_the_browser import sign_in

from .world import make_pair

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "How I notice it's getting hard, line 1"


@pytest.fixture
def people(page: Page, live_server: LiveServer) -> tuple[Person, Person]:
    made = make_pair()
    sign_in(page, live_server, made[1])
    return made


def question(page: Page) -> None:
    page.get_by_text("Suggest a question of your own").click()
    page.get_by_label("A question in your own words").fill("How far was the hill?")


def test_a_suggestion_is_there_after_the_tab_was_closed_and_open_to_be_read(page: Page, people: tuple[Person, Person]) -> None:
    path = f"/care/{people[0].pk}/plan/"
    page.goto(path)
    question(page)
    with page.expect_response("**/plan/items/typed/") as saved:
        page.get_by_label("How many times").check()
    assert saved.value.ok
    again = page.context.new_page()
    page.close()
    again.goto(path)
    expect(again.get_by_label("A question in your own words")).to_have_value("How far was the hill?")
    expect(again.get_by_label("A question in your own words")).to_be_visible()
    expect(again.get_by_label("How many times")).to_be_checked()


def test_lines_typed_together_with_no_network_are_there_once_it_is_back(page: Page, people: tuple[Person, Person]) -> None:
    path = f"/care/{people[0].pk}/safety-plan/write/"
    page.goto(path)
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    page.context.set_offline(True)
    page.get_by_label(LINE).press_sequentially("Sleeps in clothes")
    expect(page.locator(".state span").first).to_contain_text("Offline. Kept on this phone", timeout=15_000)
    page.context.set_offline(False)
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(path)
    expect(again.get_by_label(LINE)).to_have_value("Sleeps in clothes")


def test_lines_of_the_safety_plan_are_saved_a_moment_later(page: Page, people: tuple[Person, Person]) -> None:
    path = f"/care/{people[0].pk}/safety-plan/write/"
    page.goto(path)
    page.get_by_label(LINE).fill("Sleeps in clothes")
    expect(page.locator(".state span").first).to_contain_text("Saved at", timeout=15_000)
    again = page.context.new_page()
    page.close()
    again.goto(path)
    expect(again.get_by_label(LINE)).to_have_value("Sleeps in clothes")
    again.get_by_role("button", name="Save", exact=True).last.click()
    expect(again.get_by_text("has the same plan")).to_be_visible()
