"""The servers of a test run: started by the first run in a folder, shared, stopped by the last one."""

import fcntl
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from .embedded import CannotStart, Server, postgresql, valkey

PATIENCE = 30.0


@contextmanager
def running(home: Path) -> Iterator[None]:
    """PostgreSQL and Valkey of that folder, up for the time of the block."""
    home.mkdir(parents=True, exist_ok=True)
    servers = (postgresql(home, durable=False), valkey(home))
    with (home / "starting.lock").open("w") as starting, (home / "using.lock").open("w") as using:
        fcntl.flock(starting, fcntl.LOCK_EX)
        for server in servers:
            start(server, home)
        fcntl.flock(using, fcntl.LOCK_SH)
        fcntl.flock(starting, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(starting, fcntl.LOCK_EX)
            stop_if_last(servers, home, using.fileno())


def start(server: Server, home: Path) -> None:
    """Nothing to do when it answers already: another run has started it."""
    if server.answers():
        return
    server.prepare()
    with (home / f"{server.name}.log").open("ab") as log:
        process = subprocess.Popen(
            server.command,
            cwd=server.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=server.user,
            group=server.user,
            start_new_session=True,
        )
    (home / f"{server.name}.pid").write_text(str(process.pid))
    end = time.monotonic() + PATIENCE
    while not server.answers():
        if process.poll() is not None or time.monotonic() > end:
            raise CannotStart(f"{server.name} does not come up. Its log: {home / server.name}.log")
        time.sleep(0.05)


def stop_if_last(servers: tuple[Server, ...], home: Path, using: int) -> None:
    """Others still testing hold the lock shared; then they stop the servers when they end."""
    try:
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for server in servers:
        stop(server, home / f"{server.name}.pid")


def stop(server: Server, note: Path) -> None:
    """Only the very process that a run of ours has started there."""
    try:
        process = psutil.Process(int(note.read_text()))
        if process.cmdline()[:1] != [server.command[0]] and server.name not in process.name():
            return
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    except (OSError, ValueError, psutil.Error):
        return
    finally:
        note.unlink(missing_ok=True)
