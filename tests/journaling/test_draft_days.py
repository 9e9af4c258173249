"""The day that unfinished words are about is kept with them: here, on Koru, on a lost session, and without scripts."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling import drafts
from journaling.dating import PARTS
from journaling.drafts import Unfinished
from journaling.models import Draft, Entry
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.days import this_day
from tests.journaling.attachments.browsing import sign_in
from tests.journaling.sittings import make_pair
from tests.stack.running import until

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "/journal/new/"
THAT_DAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, rowan: Person) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, live_server, rowan)
    yield context
    context.set_offline(True)
    context.close()


def opened(phone: BrowserContext, path: str = WRITE) -> Page:
    page = phone.new_page()
    page.goto(path)
    expect(page.locator("form[data-draft-awake]")).to_be_attached()
    return page


def pick(page: Page, day: date = THAT_DAY, part: str = "evening") -> None:
    page.get_by_text("It's about another day").click()
    page.get_by_label("Which day is it about?").fill(day.isoformat())
    page.get_by_label("When on that day?").select_option(part)


def has_day(page: Page, day: str = THAT_DAY.isoformat(), part: str = "evening") -> None:
    """The day stands there to be seen, not folded away."""
    expect(page.get_by_label("Which day is it about?")).to_have_value(day)
    expect(page.get_by_label("Which day is it about?")).to_be_visible()
    expect(page.get_by_label("When on that day?")).to_have_value(part)


def state(page: Page, words: str) -> None:
    expect(page.locator(".state")).to_contain_text(words, timeout=20_000)


def test_saved_on_koru_a_reload_and_another_device_bring_it_back(
    phone: BrowserContext, live_server: LiveServer, rowan: Person, browser: Browser
) -> None:
    page = opened(phone)
    pick(page)
    page.get_by_label("Your words").press_sequentially("The stairs.")
    state(page, "Saved at")
    page.reload()
    has_day(page)
    laptop = browser.new_context(base_url=live_server.url)
    sign_in(laptop, live_server, rowan)
    there = laptop.new_page()
    there.goto(WRITE)
    has_day(there)
    there.get_by_role("button", name="Save", exact=True).click()
    expect(there.locator(".written")).to_contain_text("The stairs.")
    entry = Entry.objects.get()
    assert (entry.local_date, entry.about_part) == (THAT_DAY, "evening")
    laptop.close()


def test_picked_with_no_network_it_waits_on_the_phone_with_who_may_read_it(phone: BrowserContext) -> None:
    page = opened(phone)
    page.get_by_label("Your words").press_sequentially("The stairs.")
    state(page, "Saved at")
    phone.set_offline(True)
    pick(page)
    page.get_by_label("My therapist").check(force=True)
    state(page, "Offline. Kept on this phone")
    again = phone.new_page()
    page.close()
    phone.set_offline(False)
    again.goto(WRITE)
    has_day(again)
    expect(again.get_by_label("My therapist")).to_be_checked()
    picked = [("The stairs.", THAT_DAY, "evening", "my_therapist")]
    assert until(lambda: [(one.text, one.day, one.part, one.share) for one in Draft.objects.all()] == picked)


def test_taken_back_with_no_network_it_is_about_today_again(phone: BrowserContext, rowan: Person) -> None:
    drafts.save(Unfinished(uuid4(), text="The stairs.", day=THAT_DAY, part="evening"), by=rowan)
    page = opened(phone)
    has_day(page)
    phone.set_offline(True)
    page.get_by_label("Which day is it about?").fill("")
    state(page, "Offline. Kept on this phone")
    again = phone.new_page()
    page.close()
    phone.set_offline(False)
    again.goto(WRITE)
    expect(again.get_by_label("Which day is it about?")).to_have_value("")
    assert until(lambda: Draft.objects.get().day is None)


def test_a_session_that_is_lost_keeps_it_and_one_tap_saves(phone: BrowserContext, live_server: LiveServer, rowan: Person) -> None:
    page = opened(phone)
    pick(page)
    page.get_by_label("Your words").fill("The stairs.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in(phone, live_server, rowan)
    page.goto(WRITE)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".written")).to_contain_text("The stairs.")
    assert Entry.objects.get().local_date == THAT_DAY


def test_going_over_to_drawing_takes_it_along(phone: BrowserContext) -> None:
    page = opened(phone)
    pick(page)
    page.get_by_role("button", name="Draw").click()
    has_day(page)
    page.get_by_label("Or say it in words").fill("A line.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".written")).to_contain_text("A line.")
    assert Entry.objects.get().local_date == THAT_DAY


def test_the_day_a_letter_opens_waits_with_its_words(phone: BrowserContext) -> None:
    page = opened(phone, "/journal/letters/new/")
    ahead = this_day() + timedelta(days=40)
    page.get_by_label("Open it on").fill(ahead.isoformat())
    page.get_by_label("Your words").fill("Dear me.")
    state(page, "Saved at")
    page.reload()
    expect(page.get_by_label("Open it on")).to_have_value(ahead.isoformat())


def test_without_scripts_whatever_is_pressed_keeps_it(browser: Browser, live_server: LiveServer, rowan: Person) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server, rowan)
    page = context.new_page()
    page.goto(f"{WRITE}?prompt=b-three-words")
    pick(page)
    page.get_by_label("Your words").fill("Soft, curious, slow.")
    page.get_by_role("button", name="One word").click()
    has_day(page)
    page.get_by_role("button", name="Not today").click()
    page.goto("/journal/")
    page.get_by_role("region", name="Not kept yet").get_by_role("link").first.click()
    has_day(page)
    context.close()


@pytest.fixture
def browser_of_rowan(client: Client, rowan: Person) -> Client:
    client.force_login(rowan)
    return client


def sent(**more: str) -> dict[str, str]:
    return {"key": str(uuid4()), "text": "The stairs.", "share": "only_me", **more}


@pytest.mark.parametrize("day", ["", "2026-11-", "11/03", "32.13.", "\x00", "2026-02-30", "٣"])
def test_a_day_that_is_none_yet_never_keeps_the_words_from_being_saved(browser_of_rowan: Client, day: str) -> None:
    answer = browser_of_rowan.post("/journal/draft/", sent(day=day, part="evening"))
    assert answer.status_code == 200
    draft = Draft.objects.get()
    assert (draft.text, draft.day, draft.part) == ("The stairs.", None, "")


def test_a_part_of_the_day_that_nobody_offers_is_none(browser_of_rowan: Client) -> None:
    for part in ("dusk" * 9, *PARTS):
        browser_of_rowan.post("/journal/draft/", sent(day="2026-11-03", part=part))
    assert {draft.part for draft in Draft.objects.all()} == {"", *PARTS}


def test_a_day_still_to_come_is_refused_and_waits_with_the_words(browser_of_rowan: Client) -> None:
    answer = browser_of_rowan.post(WRITE, sent(day="2190-01-01", part="evening"))
    assert answer.status_code == 422
    assert Draft.objects.get().day == date(2190, 1, 1)
    assert 'value="2190-01-01"' in browser_of_rowan.get(WRITE).content.decode()


def test_the_days_own_link_names_it_and_a_draft_that_has_one_keeps_its_own(browser_of_rowan: Client, rowan: Person) -> None:
    assert 'value="2026-11-05"' in browser_of_rowan.get(f"{WRITE}?day=2026-11-05").content.decode()
    drafts.save(Unfinished(uuid4(), text="The stairs.", day=THAT_DAY, part="night"), by=rowan)
    page = browser_of_rowan.get(f"{WRITE}?day=2026-11-05").content.decode()
    assert 'value="2026-11-03"' in page
    assert 'value="2026-11-05"' not in page


def test_the_same_words_about_another_day_are_a_version_of_their_own(browser_of_rowan: Client, rowan: Person) -> None:
    page = Unfinished(uuid4(), text="The stairs.")
    drafts.save(page, by=rowan)
    drafts.save(Unfinished(page.key, revision=1, text="The lake."), by=rowan)
    for day in (THAT_DAY, THAT_DAY, date(2026, 11, 4)):
        assert drafts.save(Unfinished(page.key, revision=1, text="The stairs.", day=day, part="day"), by=rowan).apart
    assert sorted((one.text, one.day) for one in Draft.objects.all() if one.day) == [
        ("The stairs.", THAT_DAY),
        ("The stairs.", date(2026, 11, 4)),
    ]
    assert "about Tuesday 3 November" in browser_of_rowan.get(WRITE).content.decode()
