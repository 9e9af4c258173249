"""Runs a handful of processes: starts them in order, restarts what dies, stops them in order, leaves none."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
STEADY = 30.0


class GivesUp(RuntimeError):
    """Says in one sentence what can't be kept running."""


class AskedToStop(Exception):
    """A signal came while something was being brought up."""


@dataclass(frozen=True)
class Service:
    """One process to keep running, and how it likes to be asked to stop."""

    name: str
    command: tuple[str, ...]
    folder: Path
    answers: Callable[[], bool] = lambda: True
    prepare: Callable[[], None] = lambda: None
    user: int | None = None
    stop_with: signal.Signals = signal.SIGTERM
    patience: float = 10.0


def die_with_parent(stop_with: int) -> None:
    """Belt and braces on Linux: the kernel tells the child to stop when the supervisor is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, stop_with)


@dataclass
class Kept:
    """A service and its present process."""

    service: Service
    log: Path
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    falls: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        service = self.service
        service.prepare()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                service.command,
                cwd=service.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                user=service.user,
                group=service.user,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(service.stop_with),
            )
        self.began = time.monotonic()

    def fallen(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Half a second, one, two … thirty; a process that ran for a while begins anew."""
        steady = time.monotonic() - self.began > STEADY
        self.falls = 1 if steady else self.falls + 1
        self.process = None
        self.again_at = time.monotonic() + min(30.0, 0.25 * 2**self.falls)

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.service.stop_with)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.service.patience)
        end_group(self.process)
        self.process = None


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Whatever of the process's own group is left goes now."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


@dataclass
class Supervisor:
    """Holds the services in the order of their start. Stops in the order given by `stop_order`."""

    logs: Path
    stop_order: tuple[str, ...] = ()
    kept: dict[str, Kept] = field(default_factory=dict)
    asked_to_stop: bool = False

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def add(self, service: Service) -> None:
        kept = Kept(service, self.logs / f"{service.name}.log")
        self.kept[service.name] = kept
        kept.start()

    def await_answers(self, *names: str, patience: float = 60.0) -> None:
        """Returns when all of them answer."""
        end = time.monotonic() + patience
        waiting = [self.kept[name] for name in names]
        while waiting:
            self.look_after()
            waiting = [kept for kept in waiting if not kept.service.answers()]
            slow = next((kept for kept in waiting if kept.falls > 2 or time.monotonic() > end), None)
            if slow:
                raise GivesUp(f"{slow.service.name} does not come up. Its log: {slow.log}\n{tail(slow.log)}")
            time.sleep(0.05 if waiting else 0)

    def look_after(self) -> None:
        """Restarts what has died, each in its own time. Raises AskedToStop after a signal."""
        if self.asked_to_stop:
            raise AskedToStop
        for kept in self.kept.values():
            if kept.fallen():
                kept.plan_restart()
            if kept.process is None and time.monotonic() >= kept.again_at:
                kept.start()

    def run(self) -> None:
        while True:
            self.look_after()
            time.sleep(0.2)

    def run_once(self, name: str, command: tuple[str, ...], folder: Path) -> None:
        """A process that has to end well before others begin, such as the migrations."""
        job = Kept(Service(name, command, folder), self.logs / f"{name}.log")
        job.start()
        try:
            while not job.fallen():
                self.look_after()
                time.sleep(0.05)
            failed = job.process is not None and job.process.returncode != 0
        finally:
            job.stop()
        if failed:
            raise GivesUp(f"{name} failed. The end of its log:\n{tail(job.log)}")

    def stop(self) -> None:
        rest = [name for name in self.kept if name not in self.stop_order]
        for name in (*self.stop_order, *reversed(rest)):
            if name in self.kept:
                self.kept.pop(name).stop()


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
