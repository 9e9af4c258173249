"""One living stack for each file of journeys, on a port that no other worker takes."""

import os
from collections.abc import Iterator

import pytest

from koru.stack.ports import next_free

from .stack import Stack, living_stack


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with living_stack(next_free(21000 + 500 * worker)) as running:
        yield running
