"""The embedded servers start again whatever happened to them, and never where somebody else is."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from koru.stack import embedded, for_tests, home
from koru.stack.embedded import CannotStart, Server

from .running import until


@pytest.fixture
def here(folder: Path) -> Iterator[Path]:
    """A folder as awkward as people's are: spaces, letters beyond ASCII, far too long for a socket."""
    home_there = folder / ("Koru räume " + "x" * 90)
    yield home_there
    for server in (embedded.postgresql(home_there), embedded.valkey(home_there)):
        for_tests.stop(server, home_there / f"{server.name}.pid")
    shutil.rmtree(home.sockets(home_there), ignore_errors=True)


def started(folder: Path) -> tuple[Server, psutil.Process]:
    server = embedded.postgresql(folder, durable=False)
    folder.mkdir(parents=True, exist_ok=True)
    for_tests.start(server, folder)
    return server, psutil.Process(int((folder / "postgresql.pid").read_text()))


def test_a_long_path_with_spaces_does(here: Path) -> None:
    server, _ = started(here)
    assert server.answers()
    assert len(str(home.sockets(here) / ".s.PGSQL.5432")) < 108


def test_it_starts_again_after_a_kill(here: Path) -> None:
    _, process = started(here)
    process.kill()
    process.wait(10)
    assert (here / "pg" / "postmaster.pid").exists()
    server, again = started(here)
    assert server.answers()
    assert again.pid != process.pid


def test_a_stale_pid_that_now_belongs_to_somebody_else_is_no_hindrance(here: Path) -> None:
    _, process = started(here)
    process.kill()
    process.wait(10)
    note = here / "pg" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n" + note.read_text().split("\n", 1)[1])
    assert started(here)[0].answers()


def test_a_half_made_folder_is_made_anew(here: Path) -> None:
    (here / "pg" / "base").mkdir(parents=True)
    assert started(here)[0].answers()


def test_a_server_that_is_running_there_is_left_alone(here: Path) -> None:
    _, process = started(here)
    with pytest.raises(CannotStart, match="Another PostgreSQL is running in"):
        embedded.await_former(here / "pg", patience=0.3)
    assert process.is_running()


def test_one_that_is_just_closing_is_waited_for(here: Path) -> None:
    _, process = started(here)
    process.send_signal(signal.SIGINT)
    embedded.await_former(here / "pg")
    assert until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can put a folder of somebody else there")
def test_a_folder_of_somebody_else_is_refused(here: Path) -> None:
    sockets = home.sockets(here)
    sockets.mkdir()
    os.chown(sockets, 12345, 12345)
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        embedded.prepare_sockets(here, embedded.NOBODY)


def test_valkey_answers_on_its_socket_alone(here: Path) -> None:
    here.mkdir(parents=True)
    for_tests.start(embedded.valkey(here), here)
    process = psutil.Process(int((here / "valkey.pid").read_text()))
    assert embedded.valkey(here).answers()
    assert process.net_connections("inet") == []


def test_two_runs_share_the_servers_and_the_last_one_stops_them(here: Path) -> None:
    with for_tests.running(here):
        process = psutil.Process(int((here / "postgresql.pid").read_text()))
        with for_tests.running(here):
            assert int((here / "postgresql.pid").read_text()) == process.pid
        assert process.is_running()
        assert process.status() != psutil.STATUS_ZOMBIE
    assert not embedded.postgresql(here).answers()
