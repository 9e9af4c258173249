"""Questions about connection check-ins, in the field's words. Never across therapists, never across clients."""

from typing import Any
from uuid import UUID

from django.db import models

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part, Standing


class ConnectionQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "ConnectionQuerySet":
        return self.filter(client=client)

    def readable_in(self, record: Record) -> "ConnectionQuerySet":
        """All to the client; to the therapist whom it is about those that were shared. To nobody else, in whatever part."""
        if record.is_own:
            return self.filter(client=record.client)
        if record.standing is not Standing.THERAPIST or not record.opens(Part.CONNECTION):
            return self.none()
        return self.filter(client=record.client, therapist=record.reader, shared_at__isnull=False)

    def within(self, span: Span) -> "ConnectionQuerySet":
        return self.filter(at__gte=span.start, at__lt=span.end)


class UnkeptQuerySet(models.QuerySet[Any]):
    def of(self, client: Person, meeting: UUID) -> "UnkeptQuerySet":
        """What is filled in about a meeting and not kept yet, the newest first."""
        return self.filter(client=client, appointment_id=meeting).order_by("-saved_at", "-id")
