"""Writing in a real browser: whatever happens to tab, network or session, the words are on the next screen, once."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from journaling import drafts, holding, library, passages, searching, tags, walking, writing
from journaling.drafts import Unfinished
from journaling.letters_to_self import seal_for_later
from journaling.models import Draft, Entry
from journaling.walking import Said
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.days import this_day
from tests.journaling.sittings import make_pair
from tests.stack.running import until

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "/journal/new/"
SAVED = "Saved at"
WHAT_IS_KEPT = """async () => {
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const base = await answer(indexedDB.open("koru"));
    const rows = await answer(base.transaction("drafts").objectStore("drafts").getAll());
    return rows.map((row) => new TextDecoder("latin1").decode(row.sealed)).join();
}"""


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


def sign_in(page: Page, live_server: LiveServer, person: Person) -> None:
    """The session of a signed-in person, put into the browser."""
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )


@pytest.fixture
def writing_page(page: Page, live_server: LiveServer, rowan: Person) -> Iterator[Page]:
    """The writing page, open and ready. Nothing more is sent once the test is over."""
    sign_in(page, live_server, rowan)
    ready(page)
    yield page
    page.context.set_offline(True)
    page.context.close()


def ready(page: Page, path: str = WRITE) -> None:
    """Open a writing page, and wait until it can keep words on this device and has given back what it held."""
    page.goto(path)
    expect(page.locator("form[data-draft-awake]")).to_be_attached()


def text(page: Page) -> str:
    return page.get_by_label("Your words").input_value()


def state(page: Page, words: str) -> None:
    expect(page.locator(".state")).to_contain_text(words, timeout=12_000)


def test_words_save_themselves_and_the_page_says_so(writing_page: Page) -> None:
    writing_page.get_by_label("Your words").press_sequentially("The river was there.")
    state(writing_page, SAVED)
    assert [draft.text for draft in Draft.objects.all()] == ["The river was there."]


def test_a_tab_closed_in_mid_word_loses_nothing_here_or_on_another_device(
    writing_page: Page, live_server: LiveServer, rowan: Person, browser: Browser
) -> None:
    writing_page.get_by_label("Your words").press_sequentially("The river was th")
    again = writing_page.context.new_page()
    writing_page.close(run_before_unload=True)
    assert until(lambda: [draft.text for draft in Draft.objects.all()] == ["The river was th"])
    ready(again)
    expect(again.get_by_label("Your words")).to_have_value("The river was th")
    laptop = browser.new_context(base_url=live_server.url).new_page()
    sign_in(laptop, live_server, rowan)
    state(again, SAVED)
    laptop.goto(WRITE)
    assert text(laptop) == "The river was th"
    laptop.context.close()


def test_words_typed_offline_stay_on_the_phone_and_reach_koru_later(writing_page: Page) -> None:
    writing_page.context.set_offline(True)
    writing_page.get_by_label("Your words").press_sequentially("Written in a tunnel.")
    state(writing_page, "Offline. Kept on this phone")
    assert not Draft.objects.exists()
    again = writing_page.context.new_page()
    writing_page.close()
    again.context.set_offline(False)
    ready(again)
    expect(again.get_by_label("Your words")).to_have_value("Written in a tunnel.")
    state(again, SAVED)
    assert [draft.text for draft in Draft.objects.all()] == ["Written in a tunnel."]


def test_what_the_phone_keeps_is_unreadable_there_and_stays_shut_for_somebody_else(
    writing_page: Page, live_server: LiveServer
) -> None:
    writing_page.context.set_offline(True)
    writing_page.get_by_label("Your words").press_sequentially("canary in a tunnel")
    state(writing_page, "Offline. Kept on this phone")
    kept = writing_page.evaluate(WHAT_IS_KEPT)
    assert kept
    assert "canary" not in kept
    writing_page.context.set_offline(False)
    sign_in(writing_page, live_server, make_pair()[0])
    other = writing_page.context.new_page()
    ready(other)
    assert text(other) == ""


def test_a_session_that_ends_while_writing_loses_nothing_and_one_click_saves(
    writing_page: Page, live_server: LiveServer, rowan: Person
) -> None:
    writing_page.get_by_label("Your words").press_sequentially("The river was there.")
    Session.objects.all().delete()
    writing_page.get_by_role("button", name="Save").click()
    expect(writing_page).to_have_url(re.compile("/accounts/login/"))
    sign_in(writing_page, live_server, rowan)
    writing_page.goto(WRITE)
    expect(writing_page.get_by_role("heading")).to_contain_text("Your words are here.")
    assert writing_page.get_by_label("What you wrote").input_value() == "The river was there."
    writing_page.get_by_role("button", name="Save").click()
    expect(writing_page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert [entry.text for entry in Entry.objects.all()] == ["The river was there."]
    ready(writing_page)
    assert text(writing_page) == ""


def test_a_page_whose_token_went_gives_the_words_back_and_saves_them(writing_page: Page) -> None:
    writing_page.get_by_label("Your words").press_sequentially("The river was there, the whole long time of it.")
    writing_page.context.clear_cookies(name="koru_csrf")
    writing_page.get_by_role("button", name="Save").click()
    assert writing_page.get_by_label("What you wrote").input_value() == "The river was there, the whole long time of it."
    writing_page.get_by_role("button", name="Send it again").click()
    expect(writing_page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert Entry.objects.count() == 1


def test_a_session_that_ends_is_told_while_one_goes_on_writing(writing_page: Page) -> None:
    Session.objects.all().delete()
    writing_page.get_by_label("Your words").press_sequentially("Still here.")
    state(writing_page, "You're signed out. Kept on this phone")


def test_two_tabs_on_one_draft_keep_both_versions_and_show_them(writing_page: Page, rowan: Person) -> None:
    drafts.save(Unfinished(uuid4(), text="The"), by=rowan)
    ready(writing_page)
    other = writing_page.context.new_page()
    ready(other)
    with writing_page.expect_response("**/journal/draft/"):  # the page says "Saved" of the words it came with already
        writing_page.get_by_label("Your words").fill("The river")
    expect(writing_page.locator(".state")).to_have_attribute("data-is", "saved")
    with other.expect_response("**/journal/draft/"):
        other.get_by_label("Your words").fill("The hill")
    expect(other.get_by_label("The other words")).to_have_value("The river")
    assert {draft.text for draft in Draft.objects.all()} == {"The river", "The hill"}
    other.get_by_role("button", name="Add them below mine").click()
    assert text(other) == "The hill\n\nThe river"
    assert text(writing_page) == "The river"


def test_a_double_tap_on_save_makes_one_entry(writing_page: Page) -> None:
    writing_page.get_by_label("Your words").press_sequentially("Once.")
    writing_page.get_by_role("button", name="Save").dblclick()
    expect(writing_page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    assert Entry.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_saving_brings_no_words_back(writing_page: Page) -> None:
    late: list[Request] = []
    writing_page.route("**/journal/draft/", lambda route: late.append(route.request))  # on its way, for as long as we like
    with writing_page.expect_request("**/journal/draft/"):
        writing_page.get_by_label("Your words").press_sequentially("Once.")
    writing_page.get_by_role("button", name="Save").click()
    expect(writing_page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    answer = writing_page.context.request.fetch(
        late[0].url, method="POST", data=late[0].post_data_buffer, headers=late[0].headers
    )
    assert answer.json()["kept"] is True
    assert Entry.objects.count() == 1
    assert not Draft.objects.exists()


def test_going_back_after_saving_and_writing_on_loses_nothing(writing_page: Page) -> None:
    writing_page.get_by_label("Your words").press_sequentially("Once.")
    writing_page.get_by_role("button", name="Save").click()
    expect(writing_page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    writing_page.go_back()
    writing_page.get_by_label("Your words").fill("Once. And more.")
    writing_page.get_by_role("button", name="Save").click()
    expect(writing_page.locator(".written")).to_contain_text("And more.")
    assert "Once. And more." in [entry.text for entry in Entry.objects.all()]


def test_near_the_end_of_the_room_it_is_counted(writing_page: Page) -> None:
    box = writing_page.get_by_label("Your words")
    box.fill("x" * 89_000)
    expect(writing_page.locator("[data-counter]")).to_have_text("")
    box.fill("x" * 99_990)
    expect(writing_page.locator("[data-counter]")).to_have_text("10 characters left")
    box.fill("x" * 100_005)
    expect(writing_page.locator("[data-counter]")).to_have_text("5 more than one entry can hold")


def test_the_journal_works_without_scripts(browser: Browser, live_server: LiveServer, rowan: Person) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, rowan)
    page.goto("/journal/")
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Your words").fill("Without scripts.")
    page.locator("label.choice", has_text="Bring to session").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Demo Wren can read it.")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Without scripts.")).to_be_visible()
    page.goto("/journal/")
    page.get_by_role("button", name="Not today").click()
    page.get_by_role("button", name="Undo").click()
    context.close()


def test_the_writing_page_goes_by_keyboard_in_its_order(writing_page: Page) -> None:
    order: list[str] = []
    for _ in range(11):
        writing_page.keyboard.press("Tab")
        order.append(writing_page.evaluate("() => (document.activeElement.innerText || document.activeElement.name).trim()"))
    assert order == [
        "Skip to the page",
        "Close",
        "Help now",
        "Add a title",
        "text",
        "It's about another day",
        "share",
        "Before you share",
        "Save",
        "One word",
        "Draw",
    ]
    writing_page.get_by_label("Only me").focus()
    writing_page.keyboard.press("ArrowDown")
    expect(writing_page.get_by_label("My therapist")).to_be_checked()


@pytest.fixture
def pages(rowan: Person) -> list[str]:
    """Addresses of the journal with something on each page."""
    entry = writing.keep(Written("The river.", title="A line", share="my_therapist"), key=uuid4(), by=rowan)
    writing.edit(entry, "A line", "The river and the hill.", key=uuid4(), by=rowan)
    writing.keep(Written("Private."), key=uuid4(), by=rowan)
    drafts.save(Unfinished(uuid4(), text="Half", prompt="b-body-today"), by=rowan)
    drafts.save(Unfinished(uuid4(), text="Other half", prompt="b-body-today"), by=rowan)
    own = writing.keep(Written("The stairs.\nThe lake."), key=uuid4(), by=rowan)
    tags.tag_with(own, ["lake"], by=rowan)
    passages.mark(own, "The lake.", key=uuid4(), by=rowan)
    holding.hold(own, by=rowan)
    letter = seal_for_later("To come.", this_day() + timedelta(days=30), by=rowan, key=uuid4())
    found = searching.look_for("lake", by=rowan)
    entry_page = f"/journal/{entry.pk}/"
    again = [
        "carry/",
        "carry/back/",
        "calendar/",
        f"calendar/{own.local_date}/",
        "search/",
        f"search/{found.pk}/",
        "tags/",
        "raise/",
        "letters/",
    ]
    given = [f"{own.pk}/", f"{own.pk}/passage/", f"{own.pk}/tags/", "letters/new/", f"letters/{letter.pk}/"]
    walk = walking.begin("soft-landing", by=rowan)
    walking.say(walk, Said(3, library.load().prompts["a1-body-now"], "Body: hands (warm)", uuid4()), by=rowan)
    saying = Said(5, library.load().prompts["d-one-sentence"], "Soft.", uuid4())
    walking.say(walking.begin("finding-an-intention", by=rowan), saying, by=rowan)
    steps = [f"/journal/walks/{walk.pk}/{page}/" for page in (1, 2, 3, 4, "kept", "3/with/draw", "3/with/say")]
    guides = ["/journal/guides/", "/journal/guides/rough-patch/", *steps, "/journal/intention/", "/practices/", "/practices/hum/"]
    return [
        "/journal/",
        WRITE,
        f"{WRITE}?prompt=b-body-today",
        entry_page,
        f"{entry_page}edit/",
        *guides,
        *(f"/journal/{page}" for page in again + given),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, live_server: LiveServer, rowan: Person, pages: list[str], scheme: str) -> None:
    sign_in(page, live_server, rowan)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for path in pages:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_nothing_scrolls_sideways_on_a_narrow_phone(page: Page, live_server: LiveServer, rowan: Person, pages: list[str]) -> None:
    writing.keep(Written("W" * 400, title="L" * 150, share="bring_to_session"), key=uuid4(), by=rowan)
    sign_in(page, live_server, rowan)
    page.set_viewport_size({"width": 320, "height": 640})
    for path in pages:
        page.goto(path)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path


def test_the_evening_guide_is_dark_from_five_to_eight_and_still_easy_to_read(
    page: Page, live_server: LiveServer, rowan: Person, clock: Callable[[str], object]
) -> None:
    walk = walking.begin("soft-landing", by=rowan)
    sign_in(page, live_server, rowan)
    for now, dark in (("2026-11-25T02:00:00+00:00", True), ("2026-11-24T18:00:00+00:00", False)):
        clock(now)
        page.goto(f"/journal/walks/{walk.pk}/3/")
        assert page.locator("[data-dim]").count() == int(dark)
        scheme = page.evaluate("() => getComputedStyle(document.documentElement).colorScheme")
        assert (scheme == "dark") is dark
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
