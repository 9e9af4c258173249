"""Who is at the screen: each in a browser of their own, and whose page asks nothing of anybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, expect

from .stack import PASSWORD, Stack

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 860}
TEN_MINUTES = 600
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Sydney")


def waking_zone() -> str:
    """Where it is day now, so that no letter waits for the morning."""
    now = datetime.now(UTC)
    return next(zone for zone in ZONES if 9 <= now.astimezone(ZoneInfo(zone)).hour < 19)


@contextmanager
def seated(browser: Browser, stack: Stack, **how: Any) -> Iterator[BrowserContext]:
    """A browser of one's own. It fails when anything is asked of a third party, or a script breaks."""
    context = browser.new_context(**{"base_url": stack.url, "viewport": PHONE, **how})
    context.set_default_timeout(15_000)
    strangers: list[str] = []
    broken: list[str] = []
    own = (stack.url, "data:", "blob:", "about:")
    context.on("request", lambda asked: None if asked.url.startswith(own) else strangers.append(asked.url))
    context.on("weberror", lambda found: broken.append(str(found.error)))
    try:
        yield context
    finally:
        context.close()
    assert not strangers, strangers
    assert not broken, broken


def complaints(context: BrowserContext) -> list[str]:
    """What the browser itself complains of from now on: the policy broken, an error on the console, a request that failed.

    A policy that is broken is told on the console too. What a page leaves undone as it is left is no failure.
    """
    heard: list[str] = []

    def say(said: ConsoleMessage) -> None:
        if said.type == "error":
            heard.append(f"{said.page.url if said.page else ''} {said.text}")

    def fail(asked: Request) -> None:
        if "ERR_ABORTED" not in str(asked.failure):
            heard.append(f"{asked.url} {asked.failure}")

    context.on("console", say)
    context.on("requestfailed", fail)
    return heard


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


class Seats:
    """Each role signs in once; afterwards its pages open at once, in a browser of their own."""

    def __init__(self, browser: Browser, stack: Stack) -> None:
        self.browser, self.stack = browser, stack
        self.kept: dict[str, tuple[float, StorageState]] = {}

    @contextmanager
    def of(self, role: str, **how: Any) -> Iterator[BrowserContext]:
        if role:
            how["storage_state"] = self._state(role)
        with seated(self.browser, self.stack, **how) as context:
            yield context

    def _state(self, role: str) -> StorageState:
        """Signed in anew before whoever works here would be asked whether it is still them."""
        since, state = self.kept.get(role, (0.0, None))
        if state is None or monotonic() - since > TEN_MINUTES:
            since = monotonic()
            with seated(self.browser, self.stack) as context:
                sign_in(context.new_page(), f"{role}@demo.example.org")
                state = context.storage_state()
            self.kept[role] = since, state
        return state
