"""The demo's mailbox: takes mail by SMTP and keeps one file a Message-ID, so a repeat is dropped as providers do."""

import email
import hashlib
import os
import signal
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from .ports import next_free

LARGEST = 10_000_000


class Mailbox:
    """aiosmtpd asks it for each message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # aiosmtpd's own name
        content = envelope.original_content or b""
        keep(self.folder, content)
        return "250 Kept"


def keep(folder: Path, content: bytes) -> Path:
    """Writes the message, unless one of its Message-ID is there."""
    named = email.message_from_bytes(content)["Message-ID"]
    name = hashlib.sha256(named.encode() if named else content).hexdigest()[:32]
    file, draft = folder / f"{name}.eml", folder / f"{name}.{os.getpid()}.part"
    if not file.exists():
        draft.write_bytes(content)
        draft.replace(file)
    return file


def listen(home: Path) -> None:
    """Opens at the port noted last time if that is free, else at the next free one, and notes it."""
    folder, note = home / "mailbox", home / "mailbox.port"
    folder.mkdir(parents=True, exist_ok=True)
    known = note.read_text().strip() if note.exists() else ""
    port = next_free(int(known) if known.isdigit() else 1025)
    controller = Controller(Mailbox(folder), hostname="127.0.0.1", port=port, data_size_limit=LARGEST)
    controller.start()
    draft = note.with_suffix(".part")
    draft.write_text(f"{port}\n")
    draft.replace(note)  # readers find the whole number or the former one
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    listen(Path(sys.argv[1]))
