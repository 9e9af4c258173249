"""What a therapist types about a client, not put in yet: kept as one goes along, each form by itself, none over another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.ids import new_id
from koru.people.models import Person

from .models import Typed

LIFE = timedelta(days=30)
NEW_NOTE, OLD_NOTE, FAREWELL = "note", "renote", "farewell"
FORMS: Mapping[str, tuple[str, ...]] = {  # words first
    "own": ("words", "scale"),
    "choose": ("question", "prompt", "guide"),
    "practise": ("sentence", "practice", "moment"),
    NEW_NOTE: ("words", "asks", "for_handover"),
    OLD_NOTE: ("words", "asks", "for_handover", "note"),
    FAREWELL: ("words",),
}
PLAN = tuple(name for name in FORMS if name not in (NEW_NOTE, OLD_NOTE, FAREWELL))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form as it stands: which, its fields, its key, and the revision it last saw saved."""

    form: str
    fields: Mapping[str, str]
    key: UUID
    revision: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.fields[FORMS[self.form][0]].strip()


@neither
@transaction.atomic
def save(client: Person, one: Unfinished, *, by: Person) -> Typed | None:
    """Keep what is typed. A page that is behind another with the same key gets a row of its own, under a new key.

    What nobody has touched for thirty days goes on the same occasion. None: there is nothing typed any more.
    """
    Typed.objects.filter(saved_at__lte=timezone.now() - LIFE).delete()
    row = Typed.objects.of(client, by).select_for_update().filter(form=one.form, key=one.key).first()
    if one.is_empty:
        let_go(client, one.key, by=by)
        return None
    if row is None or (row.revision != one.revision and row.given != one.fields):
        return _begun(client, one, new_id() if row else one.key, by)
    row.fields, row.saved_at = dict(one.fields), timezone.now()
    row.revision += 1
    row.save(update_fields=["fields", "saved_at", "revision"])
    kept: Typed = row
    return kept


@neither
def let_go(client: Person, key: UUID, *, by: Person) -> None:
    """It was put in, or emptied."""
    Typed.objects.of(client, by).filter(key=key).delete()


def waiting(client: Person, by: Person, *forms: str) -> dict[str, Typed]:
    """The newest of each of these forms, of the plan's when none is named. One query."""
    return {row.form: row for row in reversed(Typed.objects.of(client, by).filter(form__in=forms or PLAN))}


def waiting_note(client: Person, by: Person, note: UUID | None = None) -> Typed | None:
    """What was last typed into a new note, or into one that is being changed. One query."""
    if note is None:
        return waiting(client, by, NEW_NOTE).get(NEW_NOTE)
    rows = Typed.objects.of(client, by).filter(form=OLD_NOTE)
    return next((row for row in rows if row.given.get("note") == str(note)), None)


def _begun(client: Person, one: Unfinished, key: UUID, by: Person) -> Typed:
    fresh = Typed(client=client, by=by, form=one.form, key=key, fields=dict(one.fields), saved_at=timezone.now())
    Typed.objects.of(client, by).bulk_create([fresh], ignore_conflicts=True)
    kept: Typed = Typed.objects.of(client, by).get(form=one.form, key=key)
    return kept
