"""Processes of the stack's tests: started for real, asked to stop for real."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
OWN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "KORU_HOME", "PORT", "PYTEST_XDIST_WORKER")


def until(true: Callable[[], bool], patience: float = 60.0) -> bool:
    end = time.monotonic() + patience
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def living(processes: list[psutil.Process]) -> list[str]:
    """Those that run still; the dead that nobody has waited for don't count."""
    return [words for process in processes if (words := command(process))]


def command(process: psutil.Process) -> str:
    """The words of its command; none when it has ended, be it this very moment."""
    try:
        return " ".join(process.cmdline()) if process.is_running() else ""
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


@dataclass
class Demo:
    """A running `python -m koru.stack.demo`."""

    process: subprocess.Popen[str]
    home: Path
    port: int
    said: str = ""

    def read_until_ready(self) -> "Demo":
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                return self
        raise AssertionError(f"The demo ended instead:\n{self.said}")

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def children(self, words: str) -> list[psutil.Process]:
        """The supervisor's own children whose command holds these words; one that died a moment ago is none."""
        return [child for child in psutil.Process(self.process.pid).children() if words in command(child)]

    def child(self, words: str) -> psutil.Process:
        """The one that runs now or, where it is just being started again, soon."""
        assert until(lambda: bool(self.children(words))), f"nothing runs with {words!r}"
        return self.children(words)[0]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode


def spawn(home: Path, port: int, **given: str) -> Demo:
    environment = {name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "koru.stack.demo"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment, "KORU_HOME": str(home), "PORT": str(port), **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return Demo(process, home, port)


@contextmanager
def demo(home: Path, port: int, **given: str) -> Iterator[Demo]:
    started = spawn(home, port, **given)
    try:
        yield started.read_until_ready()
    finally:
        started.stop()


def addresses_in(said: str) -> list[str]:
    return re.findall(r"\S+@demo\.example\.org", said)
