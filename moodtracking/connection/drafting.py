"""The form about a meeting as it is filled in: kept as one goes along, each page by itself, none over another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.ids import new_id
from koru.people.models import Person

from .models import ConnectionDraft

LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The fields as they stand, the key of their form, and the revision that it last saw saved."""

    fields: Mapping[str, str]
    key: UUID
    revision: int = 0

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.fields.values())


@neither
@transaction.atomic
def save(meeting: UUID, one: Unfinished, *, by: Person) -> ConnectionDraft | None:
    """Keep it. A page that is behind another with the same key gets a row of its own, under a new key.

    What nobody has touched for thirty days goes on the same occasion. None: there is nothing filled in any more.
    """
    ConnectionDraft.objects.filter(saved_at__lte=timezone.now() - LIFE).delete()
    mine = ConnectionDraft.objects.of(by, meeting)
    row: ConnectionDraft | None = mine.select_for_update().filter(key=one.key).first()
    if one.is_empty:
        mine.filter(key=one.key).delete()
        return None
    if row is None or (row.revision != one.revision and row.given != one.fields):
        return _begun(meeting, one, new_id() if row else one.key, by)
    row.fields, row.saved_at = dict(one.fields), timezone.now()
    row.revision += 1
    row.save(update_fields=["fields", "saved_at", "revision"])
    return row


@neither
def let_go(meeting: UUID, *, by: Person) -> None:
    """It was kept."""
    ConnectionDraft.objects.of(by, meeting).delete()


def waiting(client: Person, meeting: UUID) -> ConnectionDraft | None:
    """The newest that is filled in and not kept."""
    found: ConnectionDraft | None = ConnectionDraft.objects.of(client, meeting).first()
    return found


def _begun(meeting: UUID, one: Unfinished, key: UUID, by: Person) -> ConnectionDraft:
    fresh = ConnectionDraft(client=by, appointment_id=meeting, key=key, fields=dict(one.fields), saved_at=timezone.now())
    ConnectionDraft.objects.bulk_create([fresh], ignore_conflicts=True)
    kept: ConnectionDraft = ConnectionDraft.objects.of(by, meeting).get(key=key)
    return kept
