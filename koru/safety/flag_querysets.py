"""Questions about flags, in the field's words."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from koru.people.models import Alliance, Person

from .levels import Level

if TYPE_CHECKING:
    from koru.privacy.door import Record


class FlagQuerySet(models.QuerySet[Any]):
    def of_client(self, client: Person) -> "FlagQuerySet":
        return self.filter(client=client)

    def open(self) -> "FlagQuerySet":
        """Not closed: seen or not."""
        return self.exclude(state="closed")

    def unseen(self) -> "FlagQuerySet":
        return self.filter(state="open")

    def urgent(self) -> "FlagQuerySet":
        return self.filter(level=Level.URGENT)

    def overdue(self, now: datetime) -> "FlagQuerySet":
        return self.unseen().filter(due_at__lte=now)

    def readable_in(self, record: "Record") -> "FlagQuerySet":
        from koru.privacy.standing import Part

        return self.filter(client=record.client) if record.opens(Part.FLAGS) else self.none()

    def of_therapist(self, therapist: Person) -> "FlagQuerySet":
        """Those of the therapist's own clients, and those that were given to them."""
        mine = Alliance.objects.of(therapist).filter(client=OuterRef("client"))
        return self.filter(Q(owner=therapist) | Exists(mine), client__is_active=True, client__role="client")
