"""A practice done in a real browser: paced, paused, by keyboard, with little motion, without scripts; nothing for axe to find."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.practices import library
from koru.practices.models import PracticeDone
from tests.care.world import make_pair
from tests.looks import RULES
from tests.moodtracking.test_in_the_browser import sign_in

from .world import did, picked

pytestmark = pytest.mark.django_db(transaction=True)
BREATHS = library.load().practices["three-breaths"]


@pytest.fixture
def rowan(live_server: LiveServer) -> Person:
    client, therapist = make_pair()
    picked((client, therapist), "longer-out", "The one you liked in the room.")
    return client


@pytest.fixture
def signed_in(page: Page, rowan: Person, live_server: LiveServer) -> Page:
    sign_in(page.context, rowan, live_server)
    page.clock.install()
    return page


def opened(page: Page, slug: str) -> None:
    """Until the script has brought its button."""
    page.goto(f"/practices/{slug}/")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_it_leads_from_step_to_step_and_rests_when_it_is_paused(signed_in: Page) -> None:
    page, pace = signed_in, BREATHS.pace * 1000
    opened(page, "three-breaths")
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))  # from here on time goes by its word alone
    where, now = page.locator("[data-where]"), page.locator("[aria-current=step]")
    expect(now).to_have_count(0)
    page.get_by_role("button", name="Begin").focus()
    page.keyboard.press("Enter")
    expect(where).to_have_text("Step 1 of 4")
    expect(now).to_have_text(BREATHS.steps[0])
    page.clock.run_for(pace + 1000)
    expect(where).to_have_text("Step 2 of 4")
    page.keyboard.press("Enter")
    expect(where).to_have_text("Paused at step 2 of 4")
    page.clock.run_for(5 * pace)
    expect(where).to_have_text("Paused at step 2 of 4")
    page.get_by_role("button", name="Go on").click()
    expect(where).to_have_text("Step 2 of 4")
    page.clock.run_for(pace)
    expect(now).to_have_text(BREATHS.steps[2])
    page.clock.run_for(2 * pace)
    expect(where).to_have_text("That was the last step.")
    expect(page.get_by_role("button", name="Begin again")).to_be_visible()
    expect(page.get_by_role("link", name="Stop here")).to_be_in_viewport()


def test_chimes_are_handed_to_the_device_ahead_and_taken_back_on_a_pause(signed_in: Page) -> None:
    page = signed_in
    page.add_init_script(
        """window.bells = {begun: 0, hushed: 0};
        const {start} = OscillatorNode.prototype, {disconnect} = AudioNode.prototype;
        OscillatorNode.prototype.start = function (when) { window.bells.begun += 1; return start.call(this, when); };
        OscillatorNode.prototype.disconnect = function () { window.bells.hushed += 1; return disconnect.call(this); };"""
    )
    opened(page, "three-breaths")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.evaluate("window.bells") == {"begun": 5, "hushed": 0}
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert page.evaluate("window.bells") == {"begun": 5, "hushed": 5}
    page.get_by_label("A soft chime at each step").uncheck()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.evaluate("window.bells.begun") == 5


def test_the_breath_moves_only_when_begun_and_never_for_who_wants_little_motion(signed_in: Page) -> None:
    page = signed_in
    opened(page, "longer-out")
    soft = page.locator(".breath-soft")
    expect(soft).to_have_css("animation-play-state", "paused")
    page.get_by_role("button", name="Begin").click()
    expect(soft).to_have_css("animation-play-state", "running")
    page.emulate_media(reduced_motion="reduce")
    expect(soft).to_have_css("animation-name", "none")
    page.get_by_label("Keep my eyes open").check()
    expect(page.get_by_text(library.load().words.eyes_open)).to_be_visible()


def test_each_counted_breath_has_its_figure() -> None:
    sheet = (library.CONTENT.parents[2] / "static" / "css" / "practice.css").read_text()
    for practice in library.load().practices.values():
        assert not practice.breath or f"@keyframes breath-{practice.breath_name} " in sheet


@pytest.fixture
def without_script(browser: Browser, rowan: Person, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    sign_in(context, rowan, live_server)
    yield context.new_page()
    context.close()


def test_without_scripts_it_reads_as_it_stands_and_one_tap_notes_it(without_script: Page) -> None:
    page = without_script
    page.goto("/practices/three-breaths/")
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    expect(page.get_by_text(BREATHS.steps[0])).to_be_visible()
    page.get_by_label("Keep my eyes open").check()
    expect(page.get_by_text(BREATHS.eyes_open, exact=True)).to_be_visible()
    page.get_by_role("button", name="A bit").click()
    expect(page.get_by_text("You said: A bit.")).to_be_visible()
    page.get_by_role("button", name="Made it harder").click()
    expect(page.get_by_text("It won’t be suggested again.")).to_be_visible()
    assert PracticeDone.objects.get().helped == "harder"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_nothing_for_axe_to_find_and_nothing_to_scroll_sideways(
    browser: Browser, rowan: Person, live_server: LiveServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    done = did(rowan, "hum", "harder")
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    sign_in(context, rowan, live_server)
    page = context.new_page()
    for path in (
        "/practices/",
        "/practices/longer-out/",
        "/practices/helped/",
        f"/practices/done/{done.pk}/",
        "/practices/elsewhere/",
        "/today/",
    ):
        page.goto(path)
        if path.endswith("longer-out/"):
            page.get_by_role("button", name="Begin").click()
            expect(page.get_by_text("Step 1 of 4")).to_be_visible()
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
    context.close()


def test_a_tap_on_whether_it_helped_changes_what_today_offers(signed_in: Page, rowan: Person) -> None:
    """The whole way: the pick is done and made it harder; it is gone from Today, and the therapist sees what was said."""
    page = signed_in
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Longer out")).to_be_visible()
    expect(page.get_by_text("The one you liked in the room.")).to_be_visible()
    page.get_by_role("link", name="Open the practice").click()
    page.get_by_role("button", name="Made it harder").click()
    expect(page.get_by_text("It won’t be suggested again.")).to_be_visible()
    page.get_by_role("link", name="Back to Today").click()
    expect(page).to_have_url(re.compile(r"/today/$"))
    expect(page.get_by_text("A practice that may fit today")).to_be_visible()
    expect(page.get_by_role("heading", name="Longer out")).to_have_count(0)
    therapist = Client()
    therapist.force_login(rowan.alliances.get().therapist)
    assert "It made it harder" in therapist.get(f"/care/{rowan.pk}/").content.decode()
