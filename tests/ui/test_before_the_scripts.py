"""On a slow line a hand is quicker than the scripts: what it typed, ticked, chose or opened by then stands after they came.

Every page of the made-up world that has scripts of its own is tried, once for each set of scripts.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.bad_input.world import World, make_world
from tests.late_scripts import slow_line

pytestmark = pytest.mark.django_db(transaction=True)
MODULE = re.compile(r'<script type="module" src="([^"]+)"')
ON_EVERY_PAGE = "/static/js/koru.js"
DO_ALL = """() => {
    const fields = [...document.querySelectorAll("main input, main textarea, main select, .find input")];
    const open = fields.filter((field) => !field.disabled && !field.readOnly && field.type !== "hidden");
    document.querySelectorAll("main details:not([open])").forEach((one) => { one.open = true; });
    for (const field of open) {
        if (field.matches("textarea, [type=text], [type=search]")) field.value += "Early words";
        if (field.matches("[type=checkbox]")) field.checked = !field.checked;
        if (field.matches("select")) field.selectedIndex = field.options.length > 1 && !field.selectedIndex ? 1 : 0;
    }
    for (const name of new Set(open.filter((field) => field.type === "radio").map((field) => field.name))) {
        const free = open.filter((field) => field.name === name && !field.checked);
        if (free.length) free[Math.floor(free.length / 2)].checked = true;
    }
    const last = open.filter((field) => field.matches("textarea, [type=text]") && field.offsetParent).pop();
    if (last) last.focus();
}"""
STANDS = """() => {
    const told = {};
    for (const field of document.querySelectorAll("main input:not([type=hidden]), main textarea:not([readonly]), main select")) {
        const tick = field.matches("[type=radio], [type=checkbox]");
        if (field.id) told[field.id] = tick ? String(field.checked) : field.value;
    }
    const find = document.querySelector(".find input");
    if (find) told.find = find.value;
    const folded = [...document.querySelectorAll("main details:not([open]) > summary")].map((one) => one.textContent.trim());
    return { told, folded, at: document.activeElement.id };
}"""


@pytest.fixture
def world(clock: Callable[[str], Any], live_server: LiveServer) -> World:
    clock("2026-11-24T17:00:00Z")
    return make_world()


def with_scripts(world: World, role: str) -> dict[str, str]:
    """A page for each set of scripts that this role meets."""
    browser, found = world.browser(role), dict[str, str]()
    for path in world.pages[role]:
        own = [src for src in MODULE.findall(browser.get(path).content.decode()) if src != ON_EVERY_PAGE]
        if own:
            found.setdefault(" ".join(own), path)
    return found


@contextmanager
def seat(browser: Browser, server: LiveServer, world: World, role: str) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, timezone_id="America/New_York")
    broken: list[str] = []
    context.on("weberror", lambda found: broken.append(str(found.error)))
    cookies = world.browser(role).cookies
    if settings.SESSION_COOKIE_NAME in cookies:
        value = cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}])
    yield context.new_page()
    context.close()
    assert not broken, broken


@pytest.mark.parametrize("role", ["visitor", "noted", "client", "therapist", "staff"])
def test_what_was_done_before_the_scripts_came_stands(browser: Browser, live_server: LiveServer, world: World, role: str) -> None:
    pages = with_scripts(world, role)
    assert pages
    for path in pages.values():
        with seat(browser, live_server, world, role) as page, slow_line(page) as line:
            line.open(path)
            page.evaluate(DO_ALL)
            before = page.evaluate(STANDS)
            line.let_come()
            page.wait_for_load_state("networkidle")
            stands(path, before, page.evaluate(STANDS))


def stands(path: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Words may have got others around them; all else is as it was."""
    lost = {one: (said, after["told"].get(one)) for one, said in before["told"].items() if said not in after["told"].get(one, "")}
    assert not lost, (path, lost)
    assert after["folded"] == before["folded"], path
    assert after["at"] == before["at"], path
