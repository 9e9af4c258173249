"""What a client does in a browser on the pages for voice, drawings and photos."""

import re

from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from tests.stack.running import until

SAY, DRAW, PHOTO = "/journal/new/say/", "/journal/new/draw/", "/journal/new/photo/"
PLAY = """async (audio) => {
    audio.muted = true;
    await audio.play();
    await new Promise((done) => { audio.ontimeupdate = () => audio.currentTime > 0.2 && done(); });
    return audio.error === null;
}"""
AT_REST = "() => Promise.all(document.getAnimations().map((one) => one.finished))"  # what was said has arrived
A_SECOND = re.compile("Recording: [1-9]")
KEPT = """async () => {
    const answer = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    const base = await answer(indexedDB.open("koru"));
    const names = await answer(base.transaction("drafts").objectStore("drafts").getAllKeys());
    return names.filter((name) => name.includes("thing")).length;
}"""


def sign_in(context: BrowserContext, live_server: LiveServer, person: Person) -> None:
    signed_in = Client()
    signed_in.force_login(person)
    cookies = signed_in.cookies.items()
    context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in cookies])


def ready(page: Page, path: str) -> None:
    """Open a page, and wait until it can keep things on this device."""
    page.goto(path)
    expect(page.locator("form[data-thing-awake]")).to_be_attached()


def keeps(page: Page, things: int) -> None:
    """So many are kept on this device, now or soon."""
    assert until(lambda: page.evaluate(KEPT) == things), page.evaluate(KEPT)


def record(page: Page) -> None:
    """A second or more."""
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-time]")).to_contain_text(A_SECOND)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Your recording")).to_be_visible()


def draw(page: Page, *, down: int = 60) -> None:
    expect(page.locator("canvas")).to_be_visible()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + down)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 30 + step * 15, box["y"] + down + step % 3 * 12)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
