"""A mail that was taken and came back later: the mail server's notice (RFC 3464) marks the letter it speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from .models import Letter

MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Notice:
    """Which mail, and the enhanced status code of the one address that it went to."""

    mail: UUID
    status: str


def read(raw: bytes) -> Notice | None:
    """What a mail says if it is the notice of a mail of ours refused for good. None: a delay, an answer, anything else."""
    notice = message_from_bytes(raw)
    status = next((found[0] for part in notice.walk() if (found := STATUS.fullmatch(_field(part, "Status")))), "")
    failed = any(_field(part, "Action").lower() == "failed" for part in notice.walk())
    mail = next((found[1] for part in _returned(notice) if (found := MESSAGE_ID.search(_field(part, "Message-ID")))), "")
    return Notice(UUID(mail), status) if status and failed and mail else None


def record(notice: Notice) -> int:
    """Mark the letters of that mail. How many; none for one that Koru has not sent, or knows of already."""
    letters = Letter.objects.filter(Q(pk=notice.mail, mail_id=None) | Q(mail_id=notice.mail), bounced_at=None)
    return letters.exclude(handed_at=None).update(bounced_at=Now(), failure=notice.status)


def _returned(notice: Message) -> Iterator[Message]:
    """The parts inside, whose headers are those of the mail that came back; not the notice's own."""
    for part in notice.walk():
        if part is notice:
            continue
        yield part
        if part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            yield message_from_bytes(headers if isinstance(headers, bytes) else b"")


def _field(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())
