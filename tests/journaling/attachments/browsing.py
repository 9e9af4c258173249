"""What a client does in a browser on the pages for voice, drawings and photos."""

from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person

SAY, DRAW, PHOTO = "/journal/new/say/", "/journal/new/draw/", "/journal/new/photo/"
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
    expect(page.locator("canvas")).to_be_visible()
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
