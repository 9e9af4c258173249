"""The calendar file that goes with some letters. Made when the letter goes out, from what holds then; nothing of it is kept.

The room that knows of appointments lies above the outbox, so settings name its function: KORU_CALENDAR_FILE.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.mime.base import MIMEBase

from django.conf import settings
from django.utils.module_loading import import_string

from koru.people.models import Clinic

from .kinds import kind
from .models import Letter

NAME = "appointment.ics"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """`method` is what the file asks of a calendar (RFC 5546): PUBLISH or CANCEL. Mail programs read it beside the type."""

    content: bytes
    method: str


Maker = Callable[[Letter, str, datetime, Clinic], CalendarFile | None]


def file_with(letter: Letter, link: str, now: datetime, clinic: Clinic) -> CalendarFile | None:
    """The file of a letter, if its kind has one. `link` is the page that the letter leads to."""
    if not kind(letter.kind).calendar:
        return None
    make: Maker = import_string(settings.KORU_CALENDAR_FILE)
    return make(letter, link, now, clinic)


def as_part(file: CalendarFile) -> MIMEBase:
    """Base64, so that its line ends and folds arrive as they were made."""
    part = MIMEBase("text", "calendar", charset="utf-8", method=file.method)
    part.set_payload(file.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=NAME)
    return part
