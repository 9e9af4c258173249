"""Pages of what was agreed, with a line open, done and waiting, as either of the two; and the therapist's own notes."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.care.noting import Noted, write
from koru.privacy.door import open_record
from scheduling.models import AgreedLine
from tests.scheduling.agreed import agreed, turned
from tests.scheduling.practice import Practice


def of_client(practice: Practice) -> list[str]:
    client, therapist = practice.client, practice.therapist
    agreed(client, therapist, "Walk after lunch")
    turned(agreed(client, client, "Call my sister"), "done", client)
    asked = {"state": "waits", "ask_at": timezone.now() - timedelta(minutes=1)}
    AgreedLine(client=client, by=client, words="Something from then", key=uuid4(), **asked).save()
    return ["/sessions/agreed/"]


def of_therapist(practice: Practice) -> list[str]:
    client, therapist = practice.client, practice.therapist
    with open_record(client, by=therapist, why="notes") as record:
        note = write(Noted("To ask about", asks=True), record=record, key=uuid4(), by=therapist)
    own = f"/care/{client.pk}/notes/"
    return [f"/care/{client.pk}/agreed/", own, f"{own}{note.pk}/"]
