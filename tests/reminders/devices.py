"""Devices to test with."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.letting_in import Subscription
from koru.reminders.models import Letter

from .letters import due_letter

PLACE = "/settings/notes/devices/"


def web_of(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


def letting(person: Person, given: Subscription, web: Client | None = None) -> Client:
    """Somebody lets a browser in, as the page's script does."""
    web = web or web_of(person)
    sent = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    answer = web.post(PLACE, sent)
    assert answer.status_code == 302, answer.content
    return web


def pushed(person: Person, kind: str = "appointment-changed", **fields: Any) -> Letter:
    """A letter that is due, however long ago the test began."""
    fields.setdefault("due_at", timezone.now() - timedelta(minutes=5))
    return due_letter(person, kind, channel="push", **fields)
