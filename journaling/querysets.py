"""Questions about entries and drafts, in the field's words. Readers come in by `readable_in` alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .sharing import BRING, SHARED

GRACE = timedelta(days=30)


class EntryQuerySet(models.QuerySet[Any]):
    def written_by(self, person: Person) -> "EntryQuerySet":
        """A client's own entries, newest first, without what they deleted."""
        return self.filter(client=person, deleted_at=None).order_by("-at", "-id")

    def deleted_by(self, person: Person, now: datetime) -> "EntryQuerySet":
        """What a client deleted and can still have back."""
        return self.filter(client=person, deleted_at__gt=now - GRACE)

    def without_resting(self) -> "EntryQuerySet":
        """What may come back by itself: not the words of an intention that rests."""
        return self.exclude(intentions__resting_at__isnull=False)

    def readable_in(self, record: Record) -> "EntryQuerySet":
        """What the record's reader may read: all of one's own, of another's only what is shared."""
        own = self.written_by(record.client)
        if record.is_own:
            return own
        return own.filter(share__in=SHARED) if record.opens(Part.SHARED_ENTRIES) else self.none()

    def within(self, span: Span) -> "EntryQuerySet":
        return self.filter(at__gte=span.start, at__lt=span.end)

    def brought(self) -> "EntryQuerySet":
        return self.filter(share=BRING)

    def past_grace(self, now: datetime) -> "EntryQuerySet":
        return self.filter(deleted_at__lte=now - GRACE)


class DraftQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "DraftQuerySet":
        return self.filter(client=person).order_by("-saved_at", "-id")

    def in_slot(self, about: UUID | None, prompt: str) -> "DraftQuerySet":
        """Versions of one unfinished text: of the entry being changed, of a guide's step, or of the prompt being answered."""
        return self.filter(about=about, prompt=prompt)


class SkipQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "SkipQuerySet":
        return self.filter(client=person).order_by("-at", "-id")
