"""The addresses of connection check-ins: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta

from django.utils import timezone

from journaling.models import Entry, Heard
from koru.people.models import Person
from tests.connection.world import met, said

from .canaries import PRIVATE, SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "connection/": client(200, NO),
    "connection/after/<uuid:meeting_id>/": client(200, 422),
    "connection/after/<uuid:meeting_id>/typed/": client(NO, 200, stranger=(401, 401), shut=401),
    "connection/<uuid:connection_id>/": client(200, NO),
    "connection/<uuid:connection_id>/share/": client(NO, 302),
    "connection/<uuid:connection_id>/take-back/": client(NO, 302),
    "connection/<uuid:connection_id>/words/": client(NO, 302),
    "care/<uuid:client_id>/connection/": therapist(200, NO),
    "care/<uuid:client_id>/connection/<uuid:connection_id>/": therapist(200, 422),
    "care/<uuid:client_id>/connection/<uuid:connection_id>/show/": therapist(NO, 302),
    "care/<uuid:client_id>/entries/<uuid:entry_id>/read/": therapist(NO, 302),
    "care/<uuid:client_id>/passages/<uuid:passage_id>/read/": therapist(NO, 302),
    "care/<uuid:client_id>/heard/<uuid:heard_id>/back/": therapist(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """A meeting to say something of, one whose lines are shared without the words and not guessed yet, and an entry read."""
    now = timezone.now()
    before = met(client, therapist, now - timedelta(days=2 + "ABC".index(side)))
    row = said(client, before, words=canary(PRIVATE, side), with_words=False)
    entry = Entry.objects.filter(client=client, share="my_therapist").earliest("made_at")
    heard = Heard(client=client, by=therapist, entry=entry, version=entry.made_at, words=canary(SHARED, side), at=now)
    heard.save()
    return {"heard_id": str(heard.pk), "meeting_id": str(met(client, therapist).pk), "connection_id": str(row.pk)}
