"""Pages of how meetings were: one to say something of, one shared with its words, one kept; and as their therapist guesses."""

from datetime import timedelta

from django.utils import timezone

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
    return ["/connection/", f"/connection/after/{asked.pk}/", *(f"/connection/{row.pk}/" for row in (own, shared))]


def of_therapist(practice: Practice) -> list[str]:
    shared = ConnectionCheckIn.objects.filter(client=practice.client, with_words=True)
    path = f"/care/{practice.client.pk}/connection/"
    return [path, *(f"{path}{row.pk}/" for row in shared[:1])]
