"""Pages of the ways to somebody: the inbox with two new notes, which ways are chosen, a device, one that can be put off.

A number whose code is still to be said, and the link in a text that went to somebody else's.
"""

from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.utils import timezone

from koru.people.consent_texts import consent_text
from koru.people.consents import record_consent
from koru.people.models import Person
from koru.reminders.devices import CONSENT, Device
from koru.reminders.numbers import give_number
from koru.reminders.stopping import later_path
from koru.reminders.text_numbers import Texted
from koru.sealing.tokens import token_hash
from tests.people import make_client
from tests.reminders.letters import due_letter
from tests.reminders.phones import NUMBER, with_number


def of_client(client: Person) -> list[str]:
    now = timezone.now()
    for _ in range(2):
        due_letter(client, "session-week", channel="inbox", handed_at=now, sent_at=now, not_after=now + timedelta(days=9))
    text = consent_text(CONSENT)
    record_consent(client, CONSENT, text.version, text.text, by=client)
    there = {"session": Session.objects.create(session_key="demo", session_data="", expire_date=now + timedelta(days=9))}
    keys = dict.fromkeys(("endpoint", "p256dh", "auth"), "demo")
    Device.objects.create(pk=uuid4(), person=client, **there, **keys)
    note = due_letter(client, "measure-due", due_at=now)
    give_number(client, NUMBER, by=client)
    return ["/inbox/", "/settings/notes/", later_path(note.pk), _text()]


def _text() -> str:
    reader, now, short = with_number(make_client()), timezone.now(), "AbCdEfGhIjK"
    letter = due_letter(reader, "session-today", channel="text", handed_at=now, sent_at=now)
    Texted.objects.create(letter=letter, person=reader, link_hash=token_hash(short), until=now + timedelta(days=9))
    return f"/t/{short}/"
