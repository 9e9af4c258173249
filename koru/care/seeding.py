"""What the demo's therapist noted about the work with the demo's client, and the line that the client adds to their brief."""

from datetime import datetime, timedelta
from uuid import uuid5

from koru.people.models import Alliance, Person
from koru.sealing.keyring import keyring
from scheduling.models import Appointment
from scheduling.sessions import last_begun

from .models import AddedLine, Note

FIRST = "client@demo.example.org"
ASK = "Ask how the talk with the brother went."
SESSION = "Slow start, then long and quiet. Wanted the window open. Next time leave more room at the end."
ADDED = "I slept badly. Could we begin slowly?"


def add_notes(now: datetime) -> bool:
    """Once: whether it wrote."""
    alliance = Alliance.objects.current().filter(client__email=FIRST).select_related("client", "therapist").first()
    if alliance is None or Note.objects.filter(client=alliance.client, by=alliance.therapist).exists():
        return False
    with keyring():
        for words, asks in ((SESSION, False), (ASK, True)):
            _note(alliance.client, alliance.therapist, words, asks, now)
        _added(alliance.client, now)
    return True


def _note(client: Person, therapist: Person, words: str, asks: bool, now: datetime) -> None:
    made = now - timedelta(days=2, minutes=10 if asks else 12)
    Note.objects.create(
        client=client, by=therapist, words=words, asks=asks, made_at=made, key=uuid5(client.pk, words),
        session=last_begun(client, made),
    )  # fmt: skip


def _added(client: Person, now: datetime) -> None:
    ahead = Appointment.objects.of_client(client).upcoming().first()
    if ahead:
        AddedLine.objects.create(client=client, session=ahead, words=ADDED, said_at=now - timedelta(hours=1))
