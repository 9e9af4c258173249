"""Questions about practices, in the field's words."""

from typing import Any

from django.db import models
from django.db.models import Count, Max

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part


class DoneQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "DoneQuerySet":
        return self.filter(client=client)

    def readable_in(self, record: Record) -> "DoneQuerySet":
        """All of one's own; a therapist sees them unless the client keeps them to themselves, as a whole."""
        if not record.opens(Part.PRACTICES):
            return self.none()
        rows = self.of(record.client)
        return rows if record.is_own else rows.exclude(client__practice_choices__shares=False)

    def said(self) -> "DoneQuerySet":
        """Those with a word on whether they helped."""
        return self.exclude(helped="")

    def within(self, span: Span) -> "DoneQuerySet":
        return self.filter(at__gte=span.start, at__lt=span.end)


class AsideQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "AsideQuerySet":
        return self.filter(client=client)

    def counted(self) -> "models.QuerySet[Any, Any]":
        """How often each was set aside, and when last."""
        rows: models.QuerySet[Any, Any] = self.order_by().values("practice").annotate(times=Count("pk"), last=Max("at"))
        return rows


class PickQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "PickQuerySet":
        return self.filter(client=client)

    def open(self) -> "PickQuerySet":
        """Neither declined nor taken back, the oldest first."""
        return self.filter(declined_at=None, ended_at=None).order_by("picked_at", "id")
