"""The disk of everything is full for a while: reading goes on, writing is refused in words, and nothing is damaged."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from koru.stack import home as homes
from koru.stack.embedded import NOBODY, wheel
from koru.stack.ports import next_free
from tests.journeys.people import seated, sign_in
from tests.journeys.stack import Stack, living_stack
from tests.stack.running import until

from .telling import tell
from .writers import KEPT, writing

pytestmark = [pytest.mark.slow, pytest.mark.faults]
AWAY, FULL = 503, "Typed while the disk was full."


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small one in memory. Mounting takes root, as all of `make faults` does."""
    folder = Path(tempfile.mkdtemp(prefix="koru disk "))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=260m,mode=755", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def stack(disk: Path) -> Iterator[Stack]:
    with living_stack(next_free(27000), under=disk) as running:
        yield running


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65_536))
        except OSError:
            return


def damage(stack: Stack) -> str:
    """What `pg_amcheck` finds in heaps and indexes."""
    where = ["-h", str(homes.sockets(stack.home)), "-U", "koru", "--install-missing", "--heapallindexed", "koru"]
    found = subprocess.run([str(wheel("pg_amcheck")), *where], capture_output=True, text=True, check=False, user=NOBODY)
    return found.stdout + found.stderr if found.returncode else ""


def test_a_full_disk_loses_nothing_and_passes(browser: Browser, stack: Stack, disk: Path) -> None:
    with seated(browser, stack) as phone:
        page = phone.new_page()
        sign_in(page, "client@demo.example.org")
        page.goto("/journal/new/")
        with writing(phone, stack) as writers:
            assert until(lambda: writers.answers[KEPT] > 20)
            fill(disk / "ballast")
            assert until(lambda: writers.answers[AWAY] > 50, 180), writers.answers
            page.get_by_label("Your words").fill(FULL)
            read = {path: phone.request.get(path).status for path in ("/journal/", "/trends/", "/help-now/", "/healthz")}
            (disk / "ballast").unlink()
            kept = writers.answers[KEPT]
            assert until(lambda: writers.answers[KEPT] > kept + 20, 120), writers.answers
        expect(page.locator(".state")).to_contain_text("Saved at", timeout=90_000)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("article")).to_contain_text(FULL)
    lost = writers.missing(stack)
    tell("full disk", lost=len(lost), read=read, **writers.figures())
    assert lost == set()
    assert set(read.values()) == {200}
    assert set(writers.answers) <= {KEPT, AWAY}
    assert damage(stack) == ""
