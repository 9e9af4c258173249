"""The picture in a real browser: put in, on one printed page, and on the device with no network, where that was chosen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.safety.plan_picture import Choices, drawn_anew, put
from koru.sealing.keyring import keyring
from tests.journaling.attachments.files import picture

from .test_plan import Pair, make_pair
from .test_plan_in_the_browser import HELP_IS_READY, PLAN, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = f"{PLAN}picture/"
PHOTO = picture("JPEG", (1600, 1200))
DRAWN = "(image) => image.complete && image.naturalWidth"


@pytest.fixture
def pair() -> Iterator[Pair]:
    with keyring():
        made = make_pair()
        made.keep(made.rowan, signs="I sleep badly|I stop answering", alone="Run a bath|Walk", space="Ash keeps a few things")
        yield made


def place(pair: Pair, choices: Choices) -> None:
    put(pair.rowan, drawn_anew(PHOTO, len(PHOTO)), choices, by=pair.rowan)


def test_it_is_put_in_and_shown_with_its_words(page: Page, live_server: LiveServer, pair: Pair) -> None:
    sign_in(page, live_server, pair.rowan)
    page.goto(PLAN)
    page.get_by_role("link", name="Add a picture").click()
    page.get_by_label("A picture", exact=True).set_input_files({"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
    page.get_by_label("What is on it").fill("The sea")
    page.get_by_role("button", name="Save").click()
    image = page.get_by_role("img", name="The sea")
    expect(image).to_be_visible()
    assert image.evaluate(DRAWN) == 1280


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_page_can_be_used_by_everybody(page: Page, live_server: LiveServer, pair: Pair, scheme: str) -> None:
    place(pair, Choices("The sea"))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(page, live_server, pair.rowan)
    for path in (PAGE, PLAN):
        page.goto(path)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("chosen", [False, True])
def test_printed_it_is_one_page_and_the_picture_is_on_it_by_choice(
    page: Page, live_server: LiveServer, pair: Pair, chosen: bool
) -> None:
    place(pair, Choices("The sea", in_print=chosen))
    sign_in(page, live_server, pair.rowan)
    page.goto(PLAN)
    page.emulate_media(media="print")
    assert page.get_by_role("img", name="The sea").is_visible() is chosen
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("chosen", [False, True])
def test_on_the_device_it_opens_with_no_network_where_that_was_chosen(
    page: Page, live_server: LiveServer, pair: Pair, chosen: bool
) -> None:
    place(pair, Choices("The sea", on_device=chosen))
    sign_in(page, live_server, pair.rowan)
    page.goto("/help-now/")
    assert page.evaluate(HELP_IS_READY)
    page.goto(PLAN)
    page.get_by_role("button", name="Keep it on this device").click()
    expect(page.get_by_text("It is kept on this device.")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/help-now/plan/")
    expect(page.get_by_text("I sleep badly")).to_be_visible()
    image = page.get_by_role("img", name="The sea")
    assert image.count() == chosen
    if chosen:
        expect(image).to_be_visible()
        assert image.evaluate(DRAWN) == 1280
    page.context.set_offline(False)
