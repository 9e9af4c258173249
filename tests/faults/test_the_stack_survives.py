"""Parts of the running stack are killed, stopped and frozen under somebody who uses it: it goes on, and nothing is lost."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from koru.stack.embedded import database_answers
from koru.stack.ports import next_free
from tests.journeys.people import seated, sign_in, waking_zone
from tests.journeys.stack import Stack, living_stack
from tests.stack.running import until

pytestmark = pytest.mark.slow

POSTGRES, VALKEY, WORKER, BEAT, WEB = "bin/postgres", "valkey-server", " worker ", " beat ", "gunicorn"
LAST_TICK = "SELECT at FROM reminders_tick WHERE at > %s"
LETTER = "SELECT id FROM reminders_letter WHERE address = %s AND kind = 'consultation-booked'"


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with living_stack(next_free(23000 + 500 * number)) as running:
        yield running


@pytest.fixture(scope="module")
def beat_killed_at(stack: Stack) -> datetime:
    """At the very beginning: a new beat strikes a minute after its start, and the other tests need that minute anyway."""
    stack.demo.child(BEAT).kill()
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def phone(browser: Browser, stack: Stack, beat_killed_at: datetime) -> Iterator[BrowserContext]:
    with seated(browser, stack, timezone_id=waking_zone()) as context:
        sign_in(context.new_page(), "client@demo.example.org")
        yield context


def book_a_talk(context: BrowserContext, address: str) -> None:
    """A letter that goes out at once follows from it."""
    page = context.new_page()
    page.goto("/consultation/")
    page.locator("#id_at label.slot:visible").first.click()
    page.get_by_label("What should we call you?").fill("Demo Poplar")
    page.get_by_label("Email").fill(address)
    page.wait_for_timeout(2100)  # nobody is that quick
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Your time is held")).to_be_visible()
    page.close()


def write(page: Page, words: str) -> None:
    page.goto("/journal/new/")
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("article")).to_contain_text(words)


def status(context: BrowserContext, path: str = "/today/") -> int:
    return int(context.request.get(path, timeout=20_000).status)


def went_out_once(stack: Stack, address: str, patience: float) -> None:
    mail = stack.mail(address, "Your call with us is booked", patience)
    [(number,)] = stack.sql(LETTER, address)
    assert str(number) in mail.id
    assert len([one for one in stack.mails(address) if one.subject == mail.subject]) == 1


@contextmanager
def frozen(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def test_a_worker_killed_again_and_again_is_started_again_and_the_letter_goes_out(phone: BrowserContext, stack: Stack) -> None:
    before = stack.demo.child(WORKER)
    before.kill()
    book_a_talk(phone, "poplar.worker@example.org")
    for _ in range(2):
        stack.demo.child(WORKER).kill()
        time.sleep(0.3)
    went_out_once(stack, "poplar.worker@example.org", patience=150)
    assert stack.demo.child(WORKER).pid != before.pid


def test_after_a_crash_of_the_database_the_next_request_works_and_what_was_kept_is_there(
    phone: BrowserContext, stack: Stack
) -> None:
    page = phone.new_page()
    write(page, "Kept a moment before the crash.")
    stack.demo.child(POSTGRES).send_signal(signal.SIGQUIT)  # what pg_ctl calls immediate
    began, answers = time.monotonic(), [status(phone)]
    assert until(lambda: database_answers(stack.home), 30)
    back = time.monotonic()
    while answers[-1] != 200:
        assert time.monotonic() < back + 5, answers
        answers.append(status(phone))
    assert set(answers) <= {200, 503}
    assert time.monotonic() - began < 20
    page.reload()
    expect(page.locator("article")).to_contain_text("Kept a moment before the crash.")


def test_words_typed_while_the_database_is_away_are_saved_when_it_is_back(phone: BrowserContext, stack: Stack) -> None:
    page = phone.new_page()
    page.goto("/journal/new/")
    stack.demo.child(POSTGRES).send_signal(signal.SIGQUIT)
    page.get_by_label("Your words").fill("Typed into the gap.")
    assert until(lambda: database_answers(stack.home), 30)
    expect(page.locator(".state")).to_contain_text("Saved at", timeout=40_000)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("article")).to_contain_text("Typed into the gap.")


def test_help_now_is_there_while_the_database_is_away(phone: BrowserContext, stack: Stack) -> None:
    with frozen(stack.demo.child(POSTGRES)):
        stack.demo.child(POSTGRES).send_signal(signal.SIGQUIT)
        assert status(phone, "/help-now/") == 200
        assert status(phone, "/healthz") == 200
    assert until(lambda: database_answers(stack.home), 30)


def test_pages_and_bookings_work_while_valkey_is_frozen_and_letters_catch_up(phone: BrowserContext, stack: Stack) -> None:
    with frozen(stack.demo.child(VALKEY)):
        assert [status(phone, path) for path in ("/today/", "/journal/", "/sessions/")] == [200, 200, 200]
        book_a_talk(phone, "poplar.frozen@example.org")
    went_out_once(stack, "poplar.frozen@example.org", patience=100)


def test_pages_work_while_valkey_is_dead_and_it_is_started_again(phone: BrowserContext, stack: Stack) -> None:
    dead = stack.demo.child(VALKEY)
    dead.kill()
    assert status(phone) == 200
    write(phone.new_page(), "Written without a cache.")
    assert until(lambda: b'"degraded": false' in phone.request.get("/readyz").body(), 20)
    assert stack.demo.child(VALKEY).pid != dead.pid


def test_a_killed_web_server_is_started_again_with_all_that_was_kept(phone: BrowserContext, stack: Stack) -> None:
    page = phone.new_page()
    write(page, "Kept before the web server died.")
    master = stack.demo.child(WEB)
    for process in (*master.children(), master):
        process.kill()

    def answers() -> bool:
        return bool(page.evaluate("fetch('/healthz').then((it) => it.ok, () => false)"))

    assert until(answers, 20)
    assert stack.demo.child(WEB).pid != master.pid
    page.reload()
    expect(page.locator("article")).to_contain_text("Kept before the web server died.")


def test_a_killed_beat_is_started_again_and_strikes(stack: Stack, beat_killed_at: datetime) -> None:
    assert until(lambda: bool(stack.sql(LAST_TICK, beat_killed_at)), 120)
