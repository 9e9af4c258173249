"""Writing a note of one's own about the work with a client, changing it, and putting what it asks to rest."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from scheduling.sessions import last_begun

from .notes import Note, NoteVersion


@dataclass(frozen=True, slots=True)
class Noted:
    """What a form brings: the words, whether to ask next time, whether whoever comes in the writer's place may read it."""

    words: str
    asks: bool = False
    for_handover: bool = False


@neither
@transaction.atomic
def write(said: Noted, *, record: Record, key: UUID, by: Person) -> Note:
    """Keep a note. The same key twice is one."""
    _writer(record, by)
    now = timezone.now()
    fresh = Note(client=record.client, by=by, words=said.words, asks=said.asks, for_handover=said.for_handover, key=key)
    fresh.made_at, fresh.session = now, last_begun(record.client, now)
    Note.objects.own_in(record).bulk_create([fresh], ignore_conflicts=True)
    kept: Note = Note.objects.own_in(record).get(key=key)
    return kept


@neither
@transaction.atomic
def change(note_id: UUID, said: Noted, *, record: Record, by: Person) -> Note:
    """Other words or marks. How it read before is kept; the same again changes nothing. Raises Http404."""
    note = _own(note_id, record, by)
    if Noted(note.words, note.asks, note.for_handover) == said:
        return note
    now = timezone.now()
    if note.words != said.words:
        NoteVersion.objects.create(client=record.client, note=note, words=note.words, until=now)
    note.asked_at = note.asked_at if said.asks and note.asks else None
    note.words, note.asks, note.for_handover, note.changed_at = said.words, said.asks, said.for_handover, now
    note.save(update_fields=["words", "asks", "asked_at", "for_handover", "changed_at"])
    return note


@neither
@transaction.atomic
def asked(note_id: UUID, *, record: Record, by: Person) -> None:
    """It was asked: it stands in the brief no more. Twice is as once. Raises Http404."""
    note = _own(note_id, record, by)
    if note.asks and note.asked_at is None:
        note.asked_at = timezone.now()
        note.save(update_fields=["asked_at"])


def _own(note_id: UUID, record: Record, by: Person) -> Note:
    _writer(record, by)
    note: Note | None = Note.objects.own_in(record).select_for_update().filter(pk=note_id).first()
    if note is None:
        raise Http404
    return note


def _writer(record: Record, by: Person) -> None:
    if not record.opens(Part.NOTES) or record.reader != by:
        raise Http404
