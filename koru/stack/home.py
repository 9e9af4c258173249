"""KORU_HOME: where the embedded servers keep their data, and the addresses that follow from it."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

USUAL_MAIL_PORT = 1025


def of(given: Mapping[str, str]) -> Path:
    return Path(given.get("KORU_HOME") or ".koru").resolve()


def sockets(home: Path) -> Path:
    """A short folder for sockets: their path may have 107 bytes, and no server likes spaces in it."""
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()).resolve() / f"koru-{os.getuid()}-{name}"


def database_url(home: Path, name: str = "koru") -> str:
    return f"postgresql://koru@/{name}?host={sockets(home)}"


def valkey_url(home: Path, number: int = 0) -> str:
    return f"unix://{sockets(home)}/valkey.sock?db={number}"


def mail_url(home: Path) -> str:
    """Where the demo's mailbox listens; it notes its port when it opens."""
    noted = home / "mailbox.port"
    port = noted.read_text().strip() if noted.exists() else str(USUAL_MAIL_PORT)
    return f"smtp://127.0.0.1:{port}"
