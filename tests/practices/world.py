"""One client with a therapist, and what was done and picked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from koru.moments.questions import Together
from koru.people.models import Person
from koru.practices import library
from koru.practices.known import Known, about_practices, known_from
from koru.practices.models import PracticeDone, PracticePick
from koru.practices.picking import Choice, pick
from koru.privacy.door import Record, open_record

Pair = tuple[Person, Person]
together = Together(about_practices)


def known_of(client: Person) -> Known:
    return known_from(together(client), client.pk, timezone.now())


def did(client: Person, practice: str, helped: str = "", ago: timedelta = timedelta(minutes=1)) -> PracticeDone:
    minutes = library.load().practices[practice].minutes
    return PracticeDone.objects.create(
        client=client, practice=practice, at=timezone.now() - ago, minutes=minutes, helped=helped, key=uuid4()
    )


@contextmanager
def opened(client: Person, by: Person) -> Iterator[Record]:
    with open_record(client, by=by, why="plan") as record:
        yield record


def picked(
    pair: Pair, practice: str, sentence: str = "Try it by the window.", moment: str = "any", key: UUID | None = None
) -> PracticePick:
    client, therapist = pair
    with opened(client, therapist) as record:
        return pick(Choice(practice, sentence, moment), record=record, key=key or uuid4(), by=therapist)
