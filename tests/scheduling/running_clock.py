"""The clock run on, and the mails that go out meanwhile as they travel."""

import email
import email.policy
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.reminders.mailing import written
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.sealing.keyring import keyring


def sent(to: str = "") -> list[EmailMessage]:
    """The mails that what is due by this clock becomes, each as its bytes travel. After it they are sent."""
    now = timezone.now()
    due = Letter.objects.filter(UNSENT, due_at__lte=now).select_related("to").order_by("due_at", "pk")
    with keyring():
        mails = [written(one, the_clinic(), now).message() for one in due]
    due.update(handed_at=now, sent_at=now)
    read = (email.message_from_bytes(one.as_bytes(), policy=email.policy.default) for one in mails)
    return [one for one in read if to in str(one["To"])]


def sent_until(moment: datetime, clock: Callable[[str], object], to: str = "") -> list[EmailMessage]:
    """All that goes out until then, each at its own time."""
    mails: list[EmailMessage] = []
    while waiting := Letter.objects.filter(UNSENT, due_at__lte=moment).order_by("due_at").first():
        clock(max(waiting.due_at, timezone.now()).isoformat())
        mails += sent(to)
    clock(moment.isoformat())
    return mails


def words_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return f"{message['Subject']}\n{part.get_content()}"
