"""The whole of Koru, started once for a file of journeys: web, worker, beat and mailbox under their supervisor."""

import email
import email.policy
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg2

from koru.stack import home as homes
from tests.stack.running import Demo, demo, until

PASSWORD = "koru-demo-unfurl"


@dataclass(frozen=True)
class Mail:
    """One mail in the demo's mailbox."""

    id: str
    to: str
    subject: str
    text: str

    def link(self, part: str) -> str:
        """The first address in it with these words, as a path."""
        found = re.search(rf"https?://[^/\s]+(\S*{part}\S*)", self.text)
        assert found, f"no {part} in: {self.subject}"
        return found.group(1)


@dataclass(frozen=True)
class Stack:
    """A running demo, and ways to look behind its pages."""

    demo: Demo

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.demo.port}"

    @property
    def home(self) -> Path:
        return self.demo.home

    def sql(self, words: str, *values: Any) -> list[tuple[object, ...]]:
        with closing(psycopg2.connect(homes.database_url(self.home))) as connection, connection, connection.cursor() as cursor:
            cursor.execute(words, values[0] if values and isinstance(values[0], dict) else values)
            return cursor.fetchall() if cursor.description else []

    def mails(self, to: str) -> list[Mail]:
        """Oldest first."""
        files = sorted((self.home / "mailbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [mail for mail in map(read, files) if to in mail.to]

    def mail(self, to: str, subject: str, patience: float = 20) -> Mail:
        """The one with these words in its subject, waited for."""

        def found() -> list[Mail]:
            return [mail for mail in self.mails(to) if subject in mail.subject]

        assert until(lambda: bool(found()), patience), f"no {subject!r}, but {[mail.subject for mail in self.mails(to)]}"
        return found()[-1]

    def log(self, name: str) -> str:
        return (self.home / "log" / f"{name}.log").read_text(errors="replace")


def read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    return Mail(str(message["Message-ID"]), str(message["To"]), str(message["Subject"]), text)


@contextmanager
def living_stack(port: int, under: Path | None = None) -> Iterator[Stack]:
    """In a folder of its own, gone afterwards: not one of pytest's, which PostgreSQL may not enter."""
    folder = Path(tempfile.mkdtemp(prefix="koru journeys ", dir=under))
    try:
        with demo(folder / "home", port) as running:
            yield Stack(running)
    finally:
        shutil.rmtree(homes.sockets(folder / "home"), ignore_errors=True)
        shutil.rmtree(folder)
