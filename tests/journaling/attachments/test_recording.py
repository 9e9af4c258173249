"""Recording in a real browser, with a made-up microphone: nothing is lost to a closed tab, network or session."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from journaling.attachments.models import Attachment
from journaling.models import Entry
from koru.people.models import Person
from tests.journaling.attachments.browsing import (
    A_SECOND,
    AT_REST,
    DRAW,
    PHOTO,
    PLAY,
    SAY,
    draw,
    keeps,
    ready,
    record,
    save,
    sign_in,
)
from tests.journaling.attachments.files import wav

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_voice_note_is_recorded_listened_to_kept_and_played_by_range(phone: Page) -> None:
    ready(phone, SAY)
    record(phone)
    told = int(re.sub(r"\D", "", phone.locator("[data-time]").inner_text()))
    assert phone.get_by_label("Your recording").evaluate(PLAY)
    save(phone)
    one = Attachment.objects.get()
    assert (one.kind, one.media_type) == ("voice", "audio/webm")
    assert 1 <= told <= one.seconds <= told + 3  # a started second counts
    with phone.expect_response(lambda answer: answer.url.endswith("/file/")) as answered:
        assert phone.locator(".thing audio").evaluate(PLAY)
    assert answered.value.status == 206
    keeps(phone, 0)


def test_it_pauses_goes_on_and_is_recorded_again_by_keyboard(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_role("button", name="Record", exact=True).focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Pause")).to_be_focused()
    time = phone.locator("[data-time]")
    expect(time).to_contain_text(A_SECOND)
    phone.keyboard.press("Enter")
    expect(time).to_contain_text(re.compile(r"Paused at \d seconds? of 5 minutes"))
    paused = time.inner_text()
    phone.wait_for_timeout(1500)  # longer than a tick
    assert time.inner_text() == paused
    phone.keyboard.press("Enter")
    expect(time).to_contain_text("Recording: ")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Record again")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(time).to_contain_text(A_SECOND)
    phone.get_by_role("button", name="Stop").click()
    expect(time).to_contain_text(re.compile("Recorded: [1-9] second"))


def test_saving_while_it_records_asks_to_stop_first(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_role("button", name="Record", exact=True).click()
    expect(phone.locator("[data-time]")).to_contain_text("Recording: ")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-where]")).to_contain_text("Still recording.")
    assert not Entry.objects.exists()


def test_a_lost_network_and_a_closed_tab_bring_the_recording_back(phone: Page) -> None:
    ready(phone, SAY)
    phone.context.set_offline(True)
    record(phone)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-where]")).to_contain_text("Offline. Kept on this device")
    again = phone.context.new_page()
    phone.close()
    again.context.set_offline(False)
    ready(again, SAY)
    expect(again.locator("[data-time]")).to_contain_text("Recorded: ")
    expect(again.locator("[data-where]")).to_contain_text("Found again on this device.")
    save(again)
    assert Attachment.objects.get().kind == "voice"


def test_a_session_that_ended_sends_the_words_and_the_recording_is_still_here(
    phone: Page, live_server: LiveServer, rowan: Person
) -> None:
    ready(phone, SAY)
    record(phone)
    phone.get_by_label("Words to go with it").fill("Typed beside it.")
    Session.objects.all().delete()
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone).to_have_url(re.compile("/accounts/login/"))
    sign_in(phone.context, live_server, rowan)
    phone.goto(SAY)
    expect(phone.get_by_role("heading")).to_contain_text("Your words are here.")
    save(phone)
    assert [entry.text for entry in Entry.objects.all()] == ["Typed beside it."]
    ready(phone, SAY)
    expect(phone.locator("[data-where]")).to_contain_text("Found again on this device.")
    save(phone)
    assert Attachment.objects.get().kind == "voice"


def test_a_tab_closed_while_recording_brings_back_what_was_said_by_then(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_role("button", name="Record", exact=True).click()
    expect(phone.locator("[data-time]")).to_contain_text(re.compile(r"Recording: ([7-9]|\d\d) seconds"), timeout=30_000)
    again = phone.context.new_page()
    phone.close()
    ready(again, SAY)
    expect(again.locator("[data-where]")).to_contain_text("Found again on this device.")
    save(again)
    assert Attachment.objects.get().seconds >= 1


def test_a_refused_file_leaves_the_words_and_a_recording_is_still_there(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_label("Words to go with it").fill("Typed beside it.")
    phone.locator("summary", has_text="Choose a recording").click()
    phone.get_by_label("A file").set_input_files({"name": "odd.mp3", "mimeType": "audio/mpeg", "buffer": b"%PDF"})
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("This isn't a recording")
    assert phone.get_by_label("Words to go with it").input_value() == "Typed beside it."
    phone.get_by_label("A file").set_input_files({"name": "fine.wav", "mimeType": "audio/wav", "buffer": wav()})
    save(phone)
    assert Attachment.objects.get().media_type == "audio/wav"


def test_without_scripts_a_file_is_chosen_and_kept(speaking: Browser, live_server: LiveServer, rowan: Person) -> None:
    context = speaking.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server, rowan)
    page = context.new_page()
    page.goto(SAY)
    assert page.get_by_role("button", name="Record").count() == 0
    page.locator("summary", has_text="Choose a recording").click()
    page.get_by_label("A file").set_input_files({"name": "a.wav", "mimeType": "audio/wav", "buffer": wav()})
    save(page)
    assert Attachment.objects.get().kind == "voice"
    context.close()


@pytest.mark.parametrize("path", [SAY, DRAW, PHOTO])
def test_the_pages_hold_at_320_and_nobody_is_left_out(phone: Page, path: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 700})
    ready(phone, path)
    if path == DRAW:
        draw(phone)
    if path == SAY:
        record(phone)
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()
    save_with(phone)
    phone.evaluate(AT_REST)
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()


def save_with(page: Page) -> None:
    page.locator("textarea[name=text]").fill("A few words.")
    save(page)
