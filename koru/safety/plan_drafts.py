"""A plan's form as it is typed in: kept as one goes along, each form by itself, none over another."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.ids import new_id
from koru.people.models import Person

from .plan_words import Words, is_empty, tidy, to_rows
from .plans import PlanDraft

LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it stands: its lines, its key, the version it began from, and the revision it last saw saved."""

    words: Words
    key: UUID
    base: int = 0
    revision: int = 0


@neither
@transaction.atomic
def save(client: Person, typed: Typed, *, by: Person) -> PlanDraft | None:
    """Keep what is typed. A page that is behind another with the same key gets a draft of its own, under a new key.

    What nobody has touched for thirty days goes on the same occasion. None: there is nothing typed.
    """
    PlanDraft.objects.filter(saved_at__lte=timezone.now() - LIFE).delete()
    draft = PlanDraft.objects.of(client, by).select_for_update().filter(key=typed.key).first()
    if draft is None:
        return None if is_empty(typed.words) else _begun(client, typed, typed.key, by)
    if draft.revision != typed.revision and draft.lines != typed.words:
        return _begun(client, typed, new_id(), by)
    draft.words, draft.base, draft.saved_at = to_rows(typed.words), typed.base, timezone.now()
    draft.revision += 1
    draft.save(update_fields=["words", "base", "saved_at", "revision"])
    kept: PlanDraft = draft
    return kept


@narrows
@transaction.atomic
def discard(client: Person, draft_id: UUID, *, by: Person) -> bool:
    """Let typed words go for good. Whether there were any."""
    return bool(PlanDraft.objects.of(client, by).filter(pk=draft_id).delete()[0])


@neither
def let_go(client: Person, key: UUID, words: Words, *, by: Person) -> None:
    """A form was kept: its draft goes, and those that hold nothing else."""
    for draft in PlanDraft.objects.of(client, by).select_for_update():
        if draft.key == key or tidy(draft.lines) == tidy(words):
            draft.delete()


def _begun(client: Person, typed: Typed, key: UUID, by: Person) -> PlanDraft:
    fresh = PlanDraft(client=client, by=by, key=key, base=typed.base, words=to_rows(typed.words), saved_at=timezone.now())
    PlanDraft.objects.bulk_create([fresh], ignore_conflicts=True)
    kept: PlanDraft = PlanDraft.objects.of(client, by).get(key=key)
    return kept
