"""What was typed, tapped or chosen before the scripts came counts: it is saved, shown and held without another touch."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling.models import Draft
from koru.people.models import Person
from koru.sealing.keyring import keyring
from moodtracking.measures import definitions, measuring
from moodtracking.measures.models import Assignment, Response
from moodtracking.models import CheckIn
from tests.days import this_day
from tests.journaling.attachments.browsing import KEPT, sign_in
from tests.journaling.attachments.files import picture
from tests.journaling.sittings import make_pair
from tests.late_scripts import Line, slow_line
from tests.stack.running import until

pytestmark = pytest.mark.django_db(transaction=True)
WRITE, PLAN = "/journal/new/", "/safety-plan/edit/"
NOTICE, HELPS = "How I notice it's getting hard, line 1", "What I can do by myself for a while, line 1"


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def pair(page: Page, live_server: LiveServer) -> tuple[Person, Person]:
    made = make_pair()
    sign_in(page.context, live_server, made[0])
    return made


@pytest.fixture
def line(page: Page, pair: tuple[Person, Person]) -> Iterator[Line]:
    with slow_line(page) as line:
        yield line


@contextmanager
def offline(context: BrowserContext, path: str) -> Iterator[Page]:
    """A tab that lost its network for good, and is closed with what it kept on the device."""
    page = context.new_page()
    page.goto(path)
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")
    yield page
    expect(page.locator("form .state")).to_contain_text("Offline. Kept on this phone", timeout=15_000)
    page.close()


def texts() -> set[str]:
    return {draft.text for draft in Draft.objects.all()}


def test_words_are_saved_without_another_key(line: Line) -> None:
    line.open(WRITE)
    line.page.get_by_label("Your words").fill("The river.")
    line.let_come()
    assert until(lambda: texts() == {"The river."})
    expect(line.page.get_by_label("Your words")).to_have_value("The river.")


def test_words_kept_on_the_device_and_words_typed_meanwhile_are_both_there(line: Line) -> None:
    page = line.page
    with offline(page.context, WRITE) as before:
        before.get_by_label("Your words").fill("Written in a tunnel.")
        before.locator("label.choice", has_text="My therapist").click()
    line.open(WRITE)
    page.get_by_label("Your words").fill("The river.")
    line.let_come()
    expect(page.get_by_label("The other words")).to_have_value("Written in a tunnel.")
    expect(page.get_by_label("Your words")).to_have_value("The river.")
    expect(page.get_by_label("Only me")).to_be_checked()
    assert until(lambda: texts() == {"The river.", "Written in a tunnel."})


def test_lines_typed_meanwhile_stand_and_the_device_gives_the_others_back(line: Line) -> None:
    page = line.page
    with offline(page.context, PLAN) as before:
        before.get_by_label(NOTICE).fill("Sleeps in clothes")
        before.get_by_label(HELPS).fill("Skips meals")
    line.open(PLAN)
    page.get_by_label(NOTICE).fill("Doesn't answer")
    line.let_come()
    expect(page.get_by_label(HELPS)).to_have_value("Skips meals")
    expect(page.get_by_label(NOTICE)).to_have_value("Doesn't answer")


def test_a_tap_of_the_check_in_is_saved(line: Line) -> None:
    line.open("/check-in/")
    line.page.get_by_role("radiogroup", name="How are you right now?").locator("label").nth(4).click()
    line.let_come()
    expect(line.page.locator("[data-tap-state]")).to_contain_text("Saved. ")
    assert CheckIn.objects.get().answers == {"mood": 1}


def test_a_tap_of_a_measure_is_saved(line: Line, pair: tuple[Person, Person]) -> None:
    client, by = pair
    form = definitions.load()["gad-7"].first_form
    asked = {"measure": "gad-7", "form": form, "schedule": "monthly", "begins_on": this_day()}
    Assignment.objects.create(client=client, assigned_by=by, **asked)
    measuring.begin("gad-7", by=client, key=uuid4(), one_by_one=True)
    line.open("/measures/gad-7/?at=1")
    line.page.get_by_role("radio").nth(1).check(force=True)
    line.let_come()
    assert until(lambda: Response.objects.get().answers == {"1": 1})


def test_a_chosen_photo_is_shown_and_kept_on_the_device(line: Line) -> None:
    line.open("/journal/new/photo/")
    line.page.get_by_label("A photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture("PNG")})
    line.let_come()
    expect(line.page.get_by_alt_text("The photo you chose")).to_be_visible()
    assert until(lambda: line.page.evaluate(KEPT) == 1)


def test_whoever_mends_a_field_already_is_not_taken_away_from_it(line: Line) -> None:
    page = line.page
    line.open(WRITE)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Your words").press_sequentially("The ri")
    line.let_come()
    page.keyboard.type("ver.")
    expect(page.get_by_label("Your words")).to_have_value("The river.")
