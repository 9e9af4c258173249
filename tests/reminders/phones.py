"""Telephones to test with: numbers that their owners gave, zones where it is noon or night now, letters as texts."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.numbers import Code, give_number, say_code
from koru.reminders.text_numbers import TextNumber
from koru.sealing.keyring import keyring

from .letters import due_letter

NUMBER = "+12125550142"
NOON, NIGHT = 12, 2


def zone_at(hour: int) -> str:
    """A zone whose clocks show that hour now, so that a test doesn't mind when it runs."""
    ahead = (hour - timezone.now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def a_minute_later() -> None:
    """Now another code may be asked for."""
    TextNumber.objects.update(code_until=F("code_until") - timedelta(minutes=1, seconds=1))


def code_for(person: Person, number: str = NUMBER) -> Code:
    code = give_number(person, number, by=person)
    assert code is not None
    return code


def with_number(person: Person, number: str = NUMBER, hour: int = NOON) -> Person:
    """Somebody to whom texts come, where it is that hour now."""
    person.zone = zone_at(hour)
    person.save(update_fields=["zone"])
    with keyring():
        assert say_code(person, code_for(person, number).digits, by=person)
    return person


def texted(person: Person, kind: str = "session-tomorrow", **fields: Any) -> Letter:
    """A letter that is due as a text, however long ago the test began."""
    fields.setdefault("due_at", timezone.now() - timedelta(minutes=5))
    starts = timezone.now() + timedelta(days=1)
    fields.setdefault("not_after", starts)
    context = {"starts": starts.isoformat(), "path": "/sessions/", "change_path": "/sessions/", "where": "Fern room"}
    context |= {"ends": (starts + timedelta(hours=2)).isoformat(), "before": starts.isoformat(), "calendar_path": "/sessions/"}
    fields.setdefault("context", context)
    return due_letter(person, kind, channel="text", **fields)
