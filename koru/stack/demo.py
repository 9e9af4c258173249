"""`make demo`: the whole of Koru on this machine, under one supervisor."""

import fcntl
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import home as homes
from .embedded import CannotStart, Server, postgresql, valkey
from .ports import answers, is_free
from .supervisor import AskedToStop, GivesUp, Service, Supervisor

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
STOP_ORDER = ("web", "worker", "beat", "mailbox", "valkey", "postgresql")
PASSWORD = "koru-demo-unfurl"
ACCOUNTS = (
    ("client@demo.example.org", "a client, eight weeks in"),
    ("newclient@demo.example.org", "a client invited today"),
    ("therapist@demo.example.org", "a therapist"),
    ("staff@demo.example.org", "the desk"),
    ("admin@demo.example.org", "people, rooms and content"),
)


def python(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *words)


def web(port: int) -> Service:
    workers, each = os.environ.get("KORU_WEB_WORKERS", "2"), os.environ.get("KORU_WEB_THREADS", "12")
    threads = ("--workers", workers, "--threads", each, "--timeout", "30")
    quiet = ("--no-control-socket", "--log-level", "warning")
    memory = ("--worker-tmp-dir", str(MEMORY)) if MEMORY.is_dir() else ()
    command = python("gunicorn", "koru.wsgi", "--bind", f"127.0.0.1:{port}", *threads, *quiet, *memory)
    return Service("web", command, ROOT, answers=lambda: is_ready(port))


def celery() -> tuple[Service, Service]:
    lonely = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    worker = python("celery", "-A", "koru.celery", "worker", "--concurrency", "1", "--loglevel", "warning", *lonely)
    beat = python("celery", "-A", "koru.celery", "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile=")
    return Service("worker", worker, ROOT, patience=15), Service("beat", (*beat, "--loglevel", "warning"), ROOT)


def mailbox(home: Path) -> Service:
    note = home / "mailbox.port"

    def takes_mail() -> bool:
        return note.exists() and answers(int(note.read_text()))

    return Service("mailbox", python("koru.stack.mailbox", str(home)), ROOT, answers=takes_mail)


def embedded(server: Server) -> Service:
    """PostgreSQL is asked by SIGINT: it ends connections instead of waiting for them."""
    stop_with = signal.SIGINT if server.name == "postgresql" else signal.SIGTERM
    return Service(
        server.name, server.command, server.folder, server.answers, server.prepare, server.user, stop_with, patience=25
    )


def is_ready(port: int) -> bool:
    """Pages can be served. Letters that waited while the demo was down are late by then, and catch up by themselves."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as unready:
        found = json.load(unready)
        return all(found.get(part) == "ok" for part in ("database", "tables", "keys"))
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Two demos in one folder would fight over its data."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as failure:
            raise CannotStart(f"A demo is running in {home}: stop it, or set KORU_HOME to another folder.") from failure
        yield


def chosen_port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotStart("PORT has to be a whole number from 1 to 65535.")
    if not is_free(int(given)):
        raise CannotStart(f"Port {given} is taken: set PORT to another one, for example PORT=8080 make demo.")
    return int(given)


def own_servers(home: Path) -> list[Server]:
    """The embedded ones, unless the address of another is given."""
    makers = {"DATABASE_URL": postgresql, "REDIS_URL": valkey}
    return [make(home) for name, make in makers.items() if name not in os.environ]


def bring_up(supervisor: Supervisor, home: Path, port: int) -> None:
    """Data first, then what needs it; returns when the pages answer."""
    for service in (*map(embedded, own_servers(home)), mailbox(home)):
        supervisor.add(service)
    supervisor.await_answers(*supervisor.kept)
    supervisor.run_once("prepare", python("koru.stack.prepare"), ROOT)
    for service in (web(port), *celery()):
        supervisor.add(service)
    supervisor.await_answers("web")


def announce(port: int) -> None:
    print(f"\nKoru is ready at http://127.0.0.1:{port}/\n\nDemo accounts, all with the password {PASSWORD}:")
    for address, who in ACCOUNTS:
        print(f"  {address:30} {who}")
    print(f"Sent mail: http://127.0.0.1:{port}/demo/mailbox/\nCtrl-C stops it; the data stays.\n", flush=True)


def run() -> None:
    home, port = homes.of(os.environ), chosen_port()
    os.environ |= {"KORU_HOME": str(home), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "koru.settings.demo"}
    supervisor = Supervisor(home / "log", STOP_ORDER)
    supervisor.listen()
    with alone_in(home):
        try:
            bring_up(supervisor, home, port)
            announce(port)
            supervisor.run()
        except AskedToStop:
            print("Koru stops.", flush=True)
        finally:
            supervisor.stop()


if __name__ == "__main__":
    try:
        run()
    except (CannotStart, GivesUp) as reason:
        sys.exit(f"Koru can't start: {reason}")
