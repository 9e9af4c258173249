"""Pages of the ways to somebody: the inbox with two new notes, which ways are chosen, a device, one that can be put off."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.utils import timezone

from koru.people.consent_texts import consent_text
from koru.people.consents import record_consent
from koru.people.models import Person
from koru.reminders.devices import CONSENT, Device
from koru.reminders.stopping import later_path
from tests.reminders.letters import due_letter


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
    return ["/inbox/", "/settings/notes/", later_path(note.pk)]
