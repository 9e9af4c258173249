"""Recording and drawing in a real browser, with a made-up microphone: nothing is lost to a closed tab or network."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from journaling.attachments import chunks
from journaling.attachments.models import Attachment
from journaling.attachments.ranges import Stretch
from journaling.models import Entry
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests import chromium
from tests.journaling.attachments.files import picture, wav
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db(transaction=True)
SAY, DRAW, PHOTO = "/journal/new/say/", "/journal/new/draw/", "/journal/new/photo/"
SPEAKING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]
PLAY = """async (audio) => {
    audio.muted = true;
    await audio.play();
    await new Promise((done) => { audio.ontimeupdate = () => audio.currentTime > 0.2 && done(); });
    return audio.error === null;
}"""
KEPT = """async () => {
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const base = await answer(indexedDB.open("koru"));
    const names = await answer(base.transaction("drafts").objectStore("drafts").getAllKeys());
    return names.filter((name) => name.includes("thing")).length;
}"""


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture(scope="module")
def speaking(playwright: Playwright) -> Iterator[Browser]:
    found = chromium.find_on_path() or playwright.chromium.executable_path
    running = playwright.chromium.launch(executable_path=str(found), args=[*chromium.flags(), *SPEAKING])
    yield running
    running.close()


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


@pytest.fixture
def phone(speaking: Browser, live_server: LiveServer, rowan: Person) -> Iterator[Page]:
    context = speaking.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, permissions=["microphone"])
    sign_in(context, live_server, rowan)
    yield context.new_page()
    context.close()


def sign_in(context: BrowserContext, live_server: LiveServer, person: Person) -> None:
    signed_in = Client()
    signed_in.force_login(person)
    cookies = signed_in.cookies.items()
    context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in cookies])


def ready(page: Page, path: str) -> None:
    """Open a page, and wait until it can keep things on this device."""
    with page.expect_response("**/drafts/key/"):
        page.goto(path)
    page.wait_for_timeout(200)


def record(page: Page, seconds: float = 1.5) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_timeout(int(seconds * 1000))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Your recording")).to_be_visible()


def draw(page: Page, *, down: int = 60) -> None:
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + down)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 30 + step * 15, box["y"] + down + step % 3 * 12)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.wait_for_timeout(200)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()


def test_a_voice_note_is_recorded_listened_to_kept_and_played_by_range(phone: Page) -> None:
    ready(phone, SAY)
    record(phone)
    assert phone.get_by_label("Your recording").evaluate(PLAY)
    save(phone)
    one = Attachment.objects.get()
    assert (one.kind, one.media_type) == ("voice", "audio/webm")
    assert 1 <= one.seconds <= 4
    with phone.expect_response(lambda answer: answer.url.endswith("/file/")) as answered:
        assert phone.locator(".thing audio").evaluate(PLAY)
    assert answered.value.status == 206
    phone.wait_for_timeout(300)
    assert phone.evaluate(KEPT) == 0


def test_it_pauses_goes_on_and_is_recorded_again_by_keyboard(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_role("button", name="Record", exact=True).focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Pause")).to_be_focused()
    phone.wait_for_timeout(1200)
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-time]")).to_contain_text("Paused at 1 second of 5 minutes")
    phone.wait_for_timeout(1500)
    expect(phone.locator("[data-time]")).to_contain_text("1 second")
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-time]")).to_contain_text("Recording: ")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Record again")).to_be_focused()
    phone.keyboard.press("Enter")
    phone.wait_for_timeout(1200)
    phone.get_by_role("button", name="Stop").click()
    expect(phone.locator("[data-time]")).to_contain_text(re.compile("Recorded: [12] second"))


def test_saving_while_it_records_asks_to_stop_first(phone: Page) -> None:
    ready(phone, SAY)
    phone.get_by_role("button", name="Record", exact=True).click()
    phone.wait_for_timeout(500)
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
    phone.wait_for_timeout(7500)
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


def test_a_drawing_is_made_undone_kept_and_shown(phone: Page) -> None:
    ready(phone, DRAW)
    draw(phone)
    phone.get_by_role("button", name="Violet").click()
    draw(phone, down=120)
    phone.get_by_role("button", name="Undo").click()
    phone.get_by_role("button", name="Yellow").click()
    phone.get_by_role("button", name="Broad line").click()
    draw(phone, down=160)
    phone.locator("summary", has_text="Describe it").click()
    phone.get_by_label("A description").fill("Two lines.")
    save(phone)
    one = Attachment.objects.get()
    data = b"".join(chunks.read(one, "whole", Stretch(0, one.size - 1)))
    assert (one.width, one.height, one.media_type) == (1200, 900, "image/png")
    assert data.startswith(b"\x89PNG")
    expect(phone.get_by_role("img", name="Two lines.")).to_be_visible()
    assert phone.get_by_role("img", name="Two lines.").evaluate("(image) => image.naturalWidth") == 640


def test_a_drawing_comes_back_to_a_new_tab_and_can_be_cleared(phone: Page) -> None:
    ready(phone, DRAW)
    draw(phone)
    phone.wait_for_timeout(300)
    again = phone.context.new_page()
    phone.close()
    ready(again, DRAW)
    expect(again.get_by_role("button", name="Undo")).to_be_enabled()
    again.get_by_role("button", name="Clear the sheet").click()
    expect(again.get_by_role("button", name="Undo")).to_be_disabled()
    again.wait_for_timeout(300)
    assert again.evaluate(KEPT) == 0


def test_a_large_photo_is_made_smaller_on_the_device_and_shown_before_it_is_saved(phone: Page) -> None:
    ready(phone, PHOTO)
    large = picture("PNG", (2600, 2000)) + bytes(4_500_000)
    phone.get_by_label("Take or choose a photo").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": large})
    expect(phone.get_by_role("img", name="The photo you chose")).to_be_visible()
    assert phone.evaluate("() => document.querySelector('[name=file]').files[0].size") < 1_000_000
    save(phone)
    assert Attachment.objects.get().width == 2400


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
    phone.wait_for_timeout(400)  # until what was said has arrived
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()


def save_with(page: Page) -> None:
    page.locator("textarea[name=text]").fill("A few words.")
    save(page)
