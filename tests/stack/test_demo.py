"""The demo, whole: it comes up, survives what happens to it, and leaves nothing behind."""

import os
import shutil
import signal
import stat
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from koru.stack import home as homes
from koru.stack.ports import is_free, next_free

from .running import Demo, addresses_in, demo, living, spawn, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Iterator[Path]:
    yield shared_folder / "Koru home"
    shutil.rmtree(homes.sockets(shared_folder / "Koru home"), ignore_errors=True)


@pytest.fixture(scope="module")
def port() -> int:
    """Workers of xdist look in different places."""
    return next_free(18000 + 500 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")))


def status(port: int, path: str = "/readyz") -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except OSError:
        return 0


def query(home: Path, words: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(homes.database_url(home))) as connection, connection, connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchall() if cursor.description else []


def people(home: Path) -> int:
    return len(query(home, "SELECT id FROM people_person"))


def test_a_first_start_tells_where_it_is_and_who_may_come_in(home: Path, port: int) -> None:
    with demo(home, port) as running:
        assert f"Koru is ready at http://127.0.0.1:{port}/" in running.said
        assert "koru-demo-unfurl" in running.said
        assert len(addresses_in(running.said)) == 5
        assert status(port) == 200
        assert people(home) >= 5


def test_its_secrets_are_for_its_owner_alone(home: Path) -> None:
    assert stat.S_IMODE((home / "secrets.env").stat().st_mode) == 0o600


def test_a_later_start_is_quick_and_goes_on_with_the_same_data(home: Path, port: int) -> None:
    secrets = (home / "secrets.env").read_text()
    with demo(home, port):
        before = people(home)
        query(home, "CREATE TABLE IF NOT EXISTS left_there AS SELECT 1 AS one")
    with demo(home, port):
        assert query(home, "SELECT one FROM left_there") == [(1,)]
        assert people(home) == before
    assert (home / "secrets.env").read_text() == secrets


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_process(home: Path, port: int, number: signal.Signals) -> None:
    with demo(home, port) as running:
        family = running.family()
        assert len(family) > 8
        assert running.stop(number) == 0
        assert until(lambda: living(family) == [], patience=5)
        assert is_free(port)


def test_a_signal_during_the_start_leaves_no_process(home: Path, port: int) -> None:
    running = spawn(home, port)
    assert until(lambda: len(running.family()) > 1)
    family = running.family()
    assert running.stop(signal.SIGINT) == 0
    assert until(lambda: living(family) == [], patience=5)


def test_killed_outright_it_takes_its_children_along_and_starts_again(home: Path, port: int) -> None:
    with demo(home, port) as running:
        family = running.family()
        running.process.kill()
        assert until(lambda: living(family) == [], patience=30)
    with demo(home, port):
        assert status(port) == 200


@pytest.mark.parametrize("words", ["pg", "valkey-server", "gunicorn", "worker", "beat", "koru.stack.mailbox"])
def test_whatever_dies_comes_back(home: Path, shared: Demo, words: str) -> None:
    child = shared.child(words)
    child.kill()
    assert until(lambda: any(one.pid != child.pid for one in shared.children(words)))
    assert until(lambda: status(shared.port) == 200)


def test_a_taken_port_is_said_in_one_sentence(shared: Demo, folder: Path) -> None:
    refused = spawn(folder, shared.port)
    assert refused.process.wait(20) == 1
    refused.stop()
    assert refused.said == f"Koru can't start: Port {shared.port} is taken: {try_other()}\n"


def try_other() -> str:
    return "set PORT to another one, for example PORT=8080 make demo."


def test_an_odd_port_too(folder: Path) -> None:
    refused = spawn(folder, 0, PORT="eighty")
    assert refused.process.wait(20) == 1
    refused.stop()
    assert refused.said == "Koru can't start: PORT has to be a whole number from 1 to 65535.\n"


def test_a_folder_in_use_is_refused(shared: Demo) -> None:
    refused = spawn(shared.home, next_free(shared.port + 50))
    assert refused.process.wait(20) == 1
    refused.stop()
    assert "A demo is running in" in refused.said


def test_two_run_side_by_side(shared: Demo, folder: Path) -> None:
    with demo(folder / "other", next_free(shared.port + 100)) as other:
        assert status(other.port) == status(shared.port) == 200
        assert other.child("mailbox").pid != shared.child("mailbox").pid
        assert (other.home / "mailbox.port").read_text() != (shared.home / "mailbox.port").read_text()
    assert status(shared.port) == 200
    shutil.rmtree(homes.sockets(folder / "other"), ignore_errors=True)


def test_given_servers_are_used_and_none_is_started(shared: Demo, folder: Path) -> None:
    given = {"DATABASE_URL": homes.database_url(shared.home), "REDIS_URL": homes.valkey_url(shared.home, number=3)}
    secrets = dict(line.split("=", 1) for line in (shared.home / "secrets.env").read_text().splitlines())
    with demo(folder, next_free(shared.port + 200), **given, **secrets) as guest:
        assert not guest.children("postgres") + guest.children("valkey")
        assert status(guest.port) == 200
    assert status(shared.port) == 200


@pytest.fixture(scope="module")
def shared(home: Path, port: int) -> Iterator[Demo]:
    """One demo for the tests that only look at it or hurt it in passing."""
    with demo(home, port) as running:
        yield running
