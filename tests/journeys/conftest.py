"""One living stack for each file of journeys, on a port that no other worker takes."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from koru.stack.ports import next_free

from .people import Seats
from .stack import Stack, living_stack


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with living_stack(next_free(21000 + 500 * worker)) as running:
        yield running


@pytest.fixture(scope="session")
def seats(browser: Browser, stack: Stack) -> Seats:
    return Seats(browser, stack)
