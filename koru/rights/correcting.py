"""A client asks for something in their record to be put right; their therapist or the desk answers, once."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.models import Correction

from .letters import say_it_was_answered


@neither
@transaction.atomic
def ask_to_put_right(words: str, *, key: UUID, by: Person) -> Correction:
    """Keep a request. One form sent twice is one."""
    asked = Correction(client=by, words=words, key=key, asked_at=timezone.now())
    Correction.objects.bulk_create([asked], ignore_conflicts=True)
    kept: Correction = Correction.objects.get(client=by, key=key)
    return kept


@narrows
@transaction.atomic
def take_request_back(correction_id: UUID, *, by: Person) -> bool:
    """As long as nobody has answered. Whether there was one."""
    mine = Correction.objects.waiting().filter(pk=correction_id, client=by)
    return bool(mine.update(taken_back_at=timezone.now()))


@neither
@transaction.atomic
def answer_request(correction_id: UUID, outcome: str, words: str, *, client: UUID, by: Person) -> Correction | None:
    """Say what became of it; the first answer stays. None when it was answered or taken back meanwhile. Raises Http404."""
    with open_record(client, by=by, why="correction", to_change=True) as record:
        row: Correction | None = Correction.objects.filter(pk=correction_id, client=client).select_for_update().first()
        if row is None or outcome not in Correction.Outcome.values:
            raise Http404
        if row.answered_at or row.taken_back_at:
            return None
        row.client, row.outcome, row.answer = record.client, outcome, words
        row.answered_by, row.answered_at = by, timezone.now()
        row.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
        record.looked_at("correction answered", row.pk)
        say_it_was_answered(row)
    return row
