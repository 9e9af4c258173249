"""The cache while Valkey is there, away, frozen and back."""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from koru.settings.cache import ValkeyOrMemory
from koru.stack import embedded, for_tests, home
from tests.stack.conftest import fresh_folder


@pytest.fixture
def here() -> Iterator[Path]:
    with fresh_folder() as folder:
        yield folder
        for_tests.stop(embedded.valkey(folder), folder / "valkey.pid")


@pytest.fixture
def process(here: Path) -> psutil.Process:
    for_tests.start(embedded.valkey(here), here)
    return psutil.Process(int((here / "valkey.pid").read_text()))


@pytest.fixture
def cache(here: Path, process: psutil.Process) -> Iterator[ValkeyOrMemory]:
    made = ValkeyOrMemory(home.valkey_url(here), {})
    yield made
    made.memory.clear()
    made._cache.get_client().close()


def test_what_is_kept_is_in_valkey(cache: ValkeyOrMemory) -> None:
    cache.set("a", 1)
    assert cache.get("a") == 1
    assert cache.memory.get("a") is None


def test_counting_goes_on_from_memory_when_valkey_dies(cache: ValkeyOrMemory, process: psutil.Process) -> None:
    process.kill()
    process.wait(10)
    assert cache.add("tries", 1)
    assert cache.incr("tries") == 2
    assert not cache.add("tries", 1)
    assert cache.get_many(["tries"]) == {"tries": 2}


def test_a_frozen_valkey_costs_one_short_wait_and_no_more(cache: ValkeyOrMemory, process: psutil.Process) -> None:
    process.suspend()
    began = time.monotonic()
    for _ in range(20):
        cache.set("a", 1)
    took = time.monotonic() - began
    process.resume()
    assert took < 2


def test_valkey_is_asked_again_after_a_rest(cache: ValkeyOrMemory, process: psutil.Process, here: Path) -> None:
    process.kill()
    process.wait(10)
    cache.set("a", "from memory")
    for_tests.start(embedded.valkey(here), here)
    assert cache.get("a") == "from memory"
    ValkeyOrMemory.rests_until.clear()
    cache.set("a", "from valkey")
    assert cache.memory.get("a") == "from memory"
    assert cache.get("a") == "from valkey"
