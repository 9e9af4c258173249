"""The demo's mailbox, read from the files that its mail server keeps. Newest first."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as somebody finds it."""

    name: str
    to: str
    sender: str
    subject: str
    at: datetime | None
    text: str
    html: str
    files: tuple[str, ...] = ()


def mails(to: str = "") -> list[Mail]:
    """All mails, or those to one address."""
    files = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    found = (_read(file) for file in files)
    return [mail for mail in found if not to or to.casefold() in mail.to.casefold()]


def mail_named(name: str) -> Mail | None:
    """The mail of that name. The name is compared, never made into a path."""
    return next((_read(file) for file in _folder().glob("*.eml") if file.stem == name), None)


def _folder() -> Path:
    return Path(settings.KORU_HOME) / "mailbox"


def _read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    sent = message["Date"]
    return Mail(
        name=file.stem,
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(str(sent)) if sent else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
