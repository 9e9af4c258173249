"""Questions about attachments, in the field's words. Readers come in by `readable_in` alone."""

from datetime import datetime
from typing import Any

from django.db import models

from journaling.models import Entry
from journaling.querysets import GRACE
from koru.people.models import Person
from koru.privacy.door import Record


class AttachmentQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "AttachmentQuerySet":
        """A client's own, in the order they were added, without what was removed or went with its entry."""
        return self.filter(client=client, removed_at=None, entry__deleted_at=None).order_by("at", "id")

    def readable_in(self, record: Record) -> "AttachmentQuerySet":
        """What the record's reader may see: all of one's own; of another's what goes with an entry they may read."""
        own = self.of(record.client)
        if record.is_own:
            return own
        return own.filter(apart=False, entry__in=Entry.objects.readable_in(record).order_by())

    def removed_by(self, client: Person, now: datetime) -> "AttachmentQuerySet":
        """What a client took out and can still have back."""
        return self.filter(client=client, removed_at__gt=now - GRACE, entry__deleted_at=None)

    def past_grace(self, now: datetime) -> "AttachmentQuerySet":
        return self.filter(removed_at__lte=now - GRACE)
