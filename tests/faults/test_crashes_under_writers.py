"""The database and the web server fall, again and again, while eight people write: what was acknowledged is there."""

import os
import random
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext

from koru.stack.embedded import database_answers
from koru.stack.ports import next_free
from tests.journeys.people import seated, sign_in
from tests.journeys.stack import Stack, living_stack
from tests.stack.running import until

from .telling import tell
from .writers import CUT_OFF, KEPT, Writers, writing

pytestmark = [pytest.mark.slow, pytest.mark.faults]
AWAY = 503
SEED = 20_261_128


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with living_stack(next_free(25000 + 500 * number)) as running:
        yield running


@pytest.fixture(scope="module")
def phone(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    with seated(browser, stack) as context:
        sign_in(context.new_page(), "client@demo.example.org")
        yield context


def crash_of_the_database(stack: Stack) -> None:
    """A process of it is killed: it drops all the others and recovers from its log, as after `pg_ctl restart -m immediate`.

    Its whole death under the supervisor, which waits longer each time, is in `test_the_stack_survives`.
    """
    children = stack.demo.child("bin/postgres").children()
    random.choice([one for one in children if "koru" in " ".join(one.cmdline())] or children).kill()


def death_of_a_web_worker(stack: Stack) -> None:
    workers = stack.demo.child("gunicorn").children()
    if workers:  # else they are being started
        random.choice(workers).kill()


def death_of_the_web_server(stack: Stack) -> None:
    master = stack.demo.child("gunicorn")
    for process in (*master.children(), master):
        process.kill()


def writes_again(writers: Writers, before: int) -> bool:
    return until(lambda: len(writers.acknowledged) > before + 20, 60)


@pytest.mark.parametrize(
    ("fall", "times", "told"),
    [
        (crash_of_the_database, 10, {KEPT, AWAY}),
        (death_of_a_web_worker, 10, {KEPT, AWAY, CUT_OFF}),
        (death_of_the_web_server, 5, {KEPT, AWAY, CUT_OFF}),
    ],
)
def test_what_was_acknowledged_is_there(
    phone: BrowserContext, stack: Stack, fall: Callable[[Stack], None], times: int, told: set[int]
) -> None:
    chance = random.Random(SEED)
    with writing(phone, stack) as writers:
        for _ in range(times):
            assert writes_again(writers, len(writers.acknowledged)), writers.answers
            time.sleep(chance.random())
            fall(stack)
        assert until(lambda: database_answers(stack.home), 30)
        assert writes_again(writers, len(writers.acknowledged)), writers.answers
    missing = writers.missing(stack)
    tell(fall.__name__, times=times, lost=len(missing), **writers.figures())
    assert missing == set()
    assert set(writers.answers) <= told


def test_a_frozen_database_holds_nobody_up_for_good(phone: BrowserContext, stack: Stack) -> None:
    """Twenty seconds: every process of it stands still. The page that needs none answers all the while."""
    database = stack.demo.child("bin/postgres")
    family: list[psutil.Process] = [database, *database.children(recursive=True)]
    with writing(phone, stack) as writers:
        assert writes_again(writers, 0)
        for process in family:
            process.suspend()
        began, calm = time.monotonic(), []
        try:
            while time.monotonic() < began + 20:
                asked = time.monotonic()
                assert phone.request.get("/healthz", timeout=20_000).status == 200
                calm.append(time.monotonic() - asked)
                time.sleep(0.25)
        finally:
            for process in family:
                if process.is_running():
                    process.resume()
        assert writes_again(writers, len(writers.acknowledged)), writers.answers
    missing = writers.missing(stack)
    slowest = round(max(calm) * 1000)
    tell("frozen for 20 s", lost=len(missing), healthz_ms=slowest, asked=len(calm), **writers.figures())
    assert missing == set()
    assert set(writers.answers) <= {KEPT, AWAY, CUT_OFF}
