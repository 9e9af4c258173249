"""Checking in by keyboard, by thumb and without script; nothing for axe to find, nothing to scroll sideways."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.reminders.quick_links import signed
from moodtracking.codes import code
from moodtracking.models import CheckIn, PickedSymptom
from tests.looks import look_at_all
from tests.moodtracking.days import ago, held_session, told
from tests.people import ally, make_client, make_therapist
from tests.reminders.letters import due_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(live_server: LiveServer) -> Person:
    client, therapist = make_client(zone="America/Denver"), make_therapist()
    ally(client, therapist)
    PickedSymptom.objects.create(client=client, slug="on-guard", place=1, picked_by=therapist)
    return client


def sign_in(context: BrowserContext, person: Person, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.fixture
def signed_in(page: Page, person: Person, live_server: LiveServer) -> Page:
    sign_in(page.context, person, live_server)
    return page


@pytest.fixture
def without_script(browser: Browser, person: Person, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    sign_in(context, person, live_server)
    yield context.new_page()
    context.close()


def tap(page: Page, word: str) -> None:
    """A step of the mood, by thumb: the whole box is the target."""
    page.get_by_role("radiogroup", name="How are you right now?").locator("label", has_text=re.compile(rf"^\s*{word}")).click()


def test_each_tap_is_saved_before_anything_else_is_pressed(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    tap(signed_in, "Okay")
    expect(signed_in.locator("[data-tap-state]")).to_contain_text("Saved. ")
    assert CheckIn.objects.get().answers == {"mood": 1}


def test_three_taps_and_done(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    for words in ("How are you right now?", "How is your energy?", "How tense or worried?"):
        signed_in.get_by_role("radiogroup", name=words).locator("label").nth(2).click()
    signed_in.get_by_role("button", name="Done").click()
    expect(signed_in.get_by_role("heading", name="Check-in")).to_be_visible()
    assert CheckIn.objects.get().answers == {"mood": -1, "energy": 2, "tension": 2}


def test_tapping_the_chosen_step_again_takes_it_back(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    tap(signed_in, "Okay")
    expect(signed_in.locator("[data-tap-state]")).to_contain_text("Saved. ")
    tap(signed_in, "Okay")
    expect(signed_in.locator("[data-tap-state]")).to_have_text("Each tap is saved")
    assert not CheckIn.objects.exists()


def test_by_keyboard_arrows_move_tab_leaves_and_enter_is_done(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    signed_in.locator("#id_mood_0").focus()
    signed_in.keyboard.press("Space")
    for _ in range(4):
        signed_in.keyboard.press("ArrowRight")
    signed_in.keyboard.press("Tab")
    expect(signed_in.locator("#id_energy_0")).to_be_focused()
    signed_in.keyboard.press("Space")
    signed_in.keyboard.press("ArrowRight")
    signed_in.keyboard.press("Enter")
    signed_in.wait_for_url("**/check-in/*-*/")
    assert CheckIn.objects.get().answers == {"mood": 1, "energy": 1}


def test_a_step_says_its_place_to_those_who_hear_the_page(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    expect(signed_in.get_by_role("radio", name="A bit low, 3 of 7")).to_be_attached()


def test_a_rough_moment_is_met_on_the_page(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    expect(signed_in.get_by_text("Rough moment?")).to_be_hidden()
    tap(signed_in, "Very low")
    expect(signed_in.get_by_text("Rough moment?")).to_be_visible()


def test_a_note_is_kept_while_it_is_typed(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    signed_in.get_by_text("Add a note").click()
    with signed_in.expect_response(lambda answer: "by the river" in (answer.request.post_data or "")) as kept:
        signed_in.locator("#id_note").press_sequentially("Slow walk by the river")
    assert kept.value.ok
    assert CheckIn.objects.get().note == "Slow walk by the river"


def test_offline_taps_wait_on_the_page_and_are_saved_later(signed_in: Page) -> None:
    signed_in.goto("/check-in/")
    signed_in.context.set_offline(True)
    tap(signed_in, "Okay")
    expect(signed_in.locator("[data-tap-state]")).to_contain_text("Your taps are still here")
    signed_in.context.set_offline(False)
    expect(signed_in.locator("[data-tap-state]")).to_contain_text("Saved. ", timeout=8000)
    assert CheckIn.objects.get().answers == {"mood": 1}


@pytest.mark.parametrize(("path", "said"), [("/check-in/", "Okay"), ("/check-in/after/", "Mild")])
def test_back_after_done_goes_on_with_the_same_check_in(signed_in: Page, path: str, said: str) -> None:
    signed_in.goto(path)
    signed_in.locator("main label", has_text=re.compile(rf"^\s*{said}")).first.click()
    for _ in range(2):
        signed_in.get_by_role("button", name="Done").click()
        signed_in.wait_for_url("**/check-in/*-*/")
        signed_in.go_back()
        expect(signed_in.locator("main input:checked").first).to_be_attached()
    assert CheckIn.objects.count() == 1


def test_hours_later_what_the_browser_still_shows_is_another_check_in(signed_in: Page) -> None:
    """A tab that was put away and comes back: the morning's answers stay as they were."""
    signed_in.goto("/check-in/")
    tap(signed_in, "Okay")
    signed_in.get_by_role("button", name="Done").click()
    signed_in.wait_for_url("**/check-in/*-*/")
    signed_in.add_init_script("const now = Date.now; Date.now = () => now() + 3 * 3600 * 1000;")
    signed_in.go_back()
    tap(signed_in, "Good")
    expect(signed_in.locator("[data-tap-state]")).to_contain_text("Saved. ")
    assert sorted(row.answers["mood"] for row in CheckIn.objects.all()) == [1, 2]


def test_a_fresh_page_after_done_is_another_check_in(signed_in: Page) -> None:
    for number in (1, 2):
        signed_in.goto("/check-in/")
        tap(signed_in, "Okay")
        signed_in.get_by_role("button", name="Done").click()
        signed_in.wait_for_url("**/check-in/*-*/")
        assert CheckIn.objects.count() == number


def test_a_tap_overtaken_by_done_changes_nothing_when_it_comes(signed_in: Page) -> None:
    """The tap's own request is held until "Done" has been answered, as a slow network would; then it arrives."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    signed_in.route("**/check-in/tap/", hold)
    signed_in.goto("/check-in/")
    tap(signed_in, "Okay")
    tap(signed_in, "Good")
    signed_in.get_by_role("button", name="Done").click()
    signed_in.wait_for_url("**/check-in/*-*/")
    late = held[0].request
    came = signed_in.request.post(late.url, data=late.post_data_buffer, headers={"Content-Type": late.headers["content-type"]})
    assert came.ok
    assert CheckIn.objects.get().answers == {"mood": 2}


def test_without_script_done_saves_all(without_script: Page) -> None:
    without_script.goto("/check-in/")
    tap(without_script, "Good")
    without_script.get_by_text("Add a note").click()
    without_script.locator("#id_note").fill("No script here")
    without_script.get_by_role("button", name="Done").click()
    expect(without_script.get_by_text("Saved. ")).to_be_visible()
    row = CheckIn.objects.get()
    assert (row.answers, row.note) == ({"mood": 2}, "No script here")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(signed_in: Page, person: Person) -> None:
    row = told(person, {"mood": -2, "symptom:on-guard": 3}, note="A few own words")
    held = told(person, {"mood": -1}, held_at=ago(minutes=1))
    for back in range(2, 40, 2):
        told(person, {"mood": 2 if back % 4 else -1, "energy": 2}, at=ago(days=back), tags=["outside"] if back % 4 else [])
    held_session(person, ago(days=5))
    note = due_letter(person, "check-in", due_at=ago(minutes=1))
    paths = [
        "/check-in/",
        f"/check-in/{row.pk}/",
        f"/check-in/{row.pk}/edit/",
        f"/check-in/{row.pk}/note/",
        f"/check-in/{held.pk}/",
        f"/check-in/{held.pk}/edit/",
        "/check-in/raise/",
    ]
    looking = ["/trends/", "/trends/?days=all", "/trends/?from=2026-02-30&to=2026-01-01", "/trends/days/", "/trends/sessions/"]
    around = f"/trends/together/?around={code(person.pk, 'tag:outside')}"
    quick = [f"/check-in/quick/{signed(note.pk)}/", "/check-in/quick/kept/", "/check-in/quick/made-up/"]
    look_at_all(signed_in, [*paths, "/check-in/after/", *looking, around, *quick], opened=unfold)


def unfold(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()
