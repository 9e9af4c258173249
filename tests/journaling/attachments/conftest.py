"""A client with a keyring; and their telephone, whose microphone is made up."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests import chromium
from tests.journaling.attachments.browsing import sign_in
from tests.journaling.sittings import make_pair

SPEAKING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]


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
