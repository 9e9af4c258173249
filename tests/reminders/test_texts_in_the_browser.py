"""From a number to the first text and to STOP, in a real Chromium, without scripts; and nothing for axe to find on the way."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import plan
from koru.reminders.sending import send_due
from koru.reminders.text_numbers import reachable
from koru.reminders.text_providers import Kept

from .letters import planned
from .phones import NOON, NUMBER, code_for, texted, with_number, zone_at
from .test_ceilings import noon_in
from .test_in_the_browser import looks_well
from .test_push_in_the_browser import signed_in
from .test_ways import waiting

pytestmark = pytest.mark.django_db(transaction=True)
Sink = Callable[[], list[Kept]]


def path_in(words: str) -> str:
    return next(word for word in words.split() if word.startswith("http")).removeprefix(configured.KORU_PUBLIC_URL)


def number_is_given(plain: Page) -> None:
    """On the page, with the code as it is read in the demo's sink."""
    plain.goto("/settings/notes/")
    plain.get_by_role("link", name="give a number").click()
    plain.get_by_label("Mobile number").fill("+1 (212) 555-0142")
    plain.get_by_label("Yes, texts may come to this number").check()
    plain.get_by_role("button", name="Send me a code").click()
    expect(plain.get_by_text("If texts can reach this number, a code comes within a minute.")).to_be_visible()
    plain.goto("/demo/texts/")
    code = plain.get_by_text("is your code").inner_text().split()[1]
    plain.goto("/settings/notes/")
    plain.get_by_label("The six digits").fill(code)
    plain.get_by_role("button", name="This is the code").click()
    expect(plain.get_by_text("Done. Texts come to this number now.")).to_be_visible()


def in_a_zone_at_noon(person: Person) -> Person:
    person.zone = zone_at(NOON)
    person.save(update_fields=["zone"])
    return person


def test_a_number_is_given_a_note_comes_as_text_and_its_link_stops_them(
    browser: Browser, live_server: LiveServer, page: Page, settings: Settings, sink: Sink
) -> None:
    settings.KORU_DEMO = True
    person = in_a_zone_at_noon(signed_in(page, live_server))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    number_is_given(plain)
    plan([planned("session-tomorrow", person, due_at=noon_in(2)), planned("session-today", person, due_at=noon_in(3))])
    assert waiting(person) == {"session-tomorrow": ["mail", "text"], "session-today": ["text"]}
    Letter.objects.filter(kind="session-tomorrow", channel="mail").delete()
    due = {"due_at": timezone.now() - timedelta(minutes=1), "try_at": timezone.now() - timedelta(minutes=1)}
    Letter.objects.filter(kind="session-tomorrow").update(**due, not_after=timezone.now() + timedelta(days=1))
    assert send_due() == 1
    plain.goto(path_in(sink()[0].words))
    plain.get_by_role("button", name="Stop texts").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Texts have stopped")
    assert waiting(person) == {"session-today": ["mail"]}
    plain.goto("/settings/notes/")
    expect(plain.get_by_text("Texts have stopped on")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_pages_of_texts_hold_nothing_for_axe_and_nothing_to_scroll_sideways(
    *, page: Page, live_server: LiveServer, settings: Settings, sink: Sink, width: int, scheme: Literal["light", "dark"]
) -> None:
    settings.KORU_DEMO = True
    person = signed_in(page, live_server)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    looks_well(page, "/settings/notes/")
    code_for(person, "+442079460958")
    looks_well(page, "/settings/notes/")
    texted(with_number(person))
    assert send_due() == 1
    for path in ("/settings/notes/", "/demo/texts/", path_in(sink()[0].words)):
        looks_well(page, path)
    assert reachable().get().person == person
    expect(page.get_by_role("button", name="Stop texts")).to_be_visible()
    assert NUMBER not in page.content()
