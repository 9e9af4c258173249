"""Pages of how meetings were, as their client says it and their therapist guesses; and of what the therapist reads."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from journaling.models import Heard
from journaling.writing import Written, keep
from moodtracking.connection.models import ConnectionCheckIn
from tests.connection.world import met, said
from tests.scheduling.practice import Practice


def of_client(practice: Practice) -> list[str]:
    client, therapist, now = practice.client, practice.therapist, timezone.now()
    before = [met(client, therapist, now - timedelta(days=days)) for days in (2, 3, 4, 5)]
    said(client, before[0])
    said(client, before[1])
    own = said(client, before[2], shares=False, with_words=False)
    shared = said(client, before[3], with_words=False)
    ConnectionCheckIn.objects.filter(pk=own.pk).update(ask_at=now)
    asked = met(client, therapist, now - timedelta(hours=2))
    return [
        "/connection/",
        f"/connection/after/{asked.pk}/",
        *(f"/connection/{row.pk}/" for row in (before[1].connection_check_in, own, shared)),
    ]


def of_therapist(practice: Practice) -> list[str]:
    shared = ConnectionCheckIn.objects.filter(client=practice.client, with_words=True)
    path = f"/care/{practice.client.pk}/connection/"
    read = practice.client.entries.filter(share="my_therapist", deleted_at=None).earliest("made_at")
    Heard(client=practice.client, by=practice.therapist, entry=read, version=read.made_at, at=timezone.now()).save()
    fresh = keep(Written("To be read.", share="my_therapist"), key=uuid4(), by=practice.client)
    given = practice.client.passages.filter(shared_at__isnull=False, taken_back_at=None).earliest("made_at")
    entries = [f"/care/{practice.client.pk}/entries/{one.pk}/" for one in (read, fresh)]
    return [path, *(f"{path}{row.pk}/" for row in shared[:1]), *entries, f"/care/{practice.client.pk}/passages/{given.pk}/"]
