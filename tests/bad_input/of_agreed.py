"""Pages of what was agreed: a line that is open, one that is done, one that waits; as its client and as their therapist."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

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
    return [f"/care/{practice.client.pk}/agreed/"]
