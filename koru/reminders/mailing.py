"""Mail: one connection for many letters, the message of each, and what the mail server's answers mean."""

import re
import smtplib
from collections.abc import Sequence
from datetime import datetime
from email.utils import formataddr, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from koru.people.models import Clinic

from .attaching import CalendarFile, as_part, file_with
from .channels import HandOver, InDoubt, Refused, Unreachable
from .models import Letter
from .rendering import Rendered, message_id, rendered, rendered_together

UNREACHABLE = (OSError, smtplib.SMTPException)


def message_of(letter: Letter, words: Rendered, clinic: Clinic, file: CalendarFile | None = None) -> EmailMultiAlternatives:
    """The mail of a letter, or of several that it leads. Its Message-ID follows from the row: every copy has the same."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {"Message-ID": message_id(letter, own.rpartition("@")[2]), "Auto-Submitted": "auto-generated"}
    if words.stop_url:  # RFC 8058: one click in the mail program, acted on by a POST alone
        headers |= {"List-Unsubscribe": f"<{words.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        words.subject,
        words.text,
        from_email=formataddr((clinic.sender_name, own)),
        to=[letter.to.email if letter.to else letter.address],
        headers=headers,
    )
    message.attach_alternative(words.html, "text/html")
    if file:
        message.attach(as_part(file))
    return message


def written(letter: Letter, clinic: Clinic, now: datetime) -> EmailMultiAlternatives:
    """The mail, with its calendar file if it has one. Raises KeyError, ValueError or CannotOpen when it can't be made."""
    words = rendered(letter, clinic, now)
    return message_of(letter, words, clinic, file_with(letter, words.link, now, clinic))


def written_together(letters: Sequence[Letter], clinic: Clinic, now: datetime) -> EmailMultiAlternatives:
    """One mail of several letters to one reader, the first of them leading. Raises as `written` does."""
    return message_of(letters[0], rendered_together(letters, clinic, now), clinic)


class Post:
    """The channel mail: a connection to the mail server, kept open over many letters."""

    def __init__(self) -> None:
        self.connection: Any = get_connection(fail_silently=False)

    def ready(self) -> None:
        """Open it, or see that it still is. Raises Unreachable."""
        try:
            if not self.connection.open() and _hung_up(self.connection):
                self.close()
                self.connection.open()
        except UNREACHABLE as silence:
            raise Unreachable(type(silence).__name__) from silence

    def prepared(self, letter: Letter, clinic: Clinic, now: datetime) -> HandOver:
        return partial(self.send, written(letter, clinic, now))

    def prepared_together(self, letters: Sequence[Letter], clinic: Clinic, now: datetime) -> HandOver:
        return partial(self.send, written_together(letters, clinic, now))

    def send(self, message: EmailMultiAlternatives) -> None:
        """Hand one message over. Raises Refused or InDoubt."""
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as answer:
            code, words = next(iter(answer.recipients.values()))
            raise Refused(_code(code, words), for_good=code >= 500) from answer
        except smtplib.SMTPResponseException as answer:
            sender_refused = isinstance(answer, smtplib.SMTPSenderRefused)
            self.close()
            raise Refused(
                _code(answer.smtp_code, answer.smtp_error), for_good=answer.smtp_code >= 500 and not sender_refused
            ) from answer
        except (smtplib.SMTPNotSupportedError, ValueError) as oddity:
            raise Refused("an address that can't be written to", for_good=True) from oddity
        except UNREACHABLE as silence:
            self.close()
            raise InDoubt(type(silence).__name__) from silence

    def close(self) -> None:
        self.connection.close()


def _hung_up(backend: Any) -> bool:
    """Whether the server has left an idle connection. Backends without one (tests keep mail in memory) never have."""
    smtp = getattr(backend, "connection", None)
    if smtp is None:
        return False
    try:
        return bool(smtp.noop()[0] != 250)
    except UNREACHABLE:
        return True


def _code(code: int, words: bytes | str) -> str:
    """ "550 5.1.1": the server's words often hold the address, which is nobody's to read here."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    enhanced = re.match(r"\s*(\d\.\d{1,3}\.\d{1,3})\b", said)
    return f"{code} {enhanced[1]}" if enhanced else str(code)
