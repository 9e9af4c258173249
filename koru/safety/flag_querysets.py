"""Questions about flags, in the field's words."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from koru.people.models import Alliance, Clinic, Cover, Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .levels import Level

if TYPE_CHECKING:
    from .flags import Flag


class FlagQuerySet(models.QuerySet["Flag"]):
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

    def readable_in(self, record: Record) -> "FlagQuerySet":
        return self.filter(client=record.client) if record.opens(Part.FLAGS) else self.none()

    def of_reader(self, therapist: Person, now: datetime) -> "FlagQuerySet":
        """Those that a therapist may open now: of their own clients, and what an open flag brings to whoever stands in.

        That is what was given to them, what they have taken on, the urgent ones for who is on call, and once nobody has looked
        in time for who comes next; for a clinical lead whatever nobody has looked at in time.
        """
        mine = Alliance.objects.of(therapist).filter(client=OuterRef("client"))
        covered = Cover.objects.of(therapist).filter(client=OuterRef("client"))
        comes_next = Clinic.objects.filter(next_on_call=therapist)
        alone = comes_next.exclude(on_call__is_active=True, on_call__role="therapist")
        on_call = Exists(Clinic.objects.filter(on_call=therapist)) | Exists(alone)
        urgent = Q(on_call) | (Q(Exists(comes_next)) & Q(climbed__gte=1))
        standing_in = Q(owner=therapist) | Q(acknowledged_by=therapist) | (urgent & Q(level=Level.URGENT))
        if therapist.is_lead:
            standing_in |= Q(climbed__gte=1) | Q(state="open", due_at__lte=now)
        theirs = Q(Exists(mine)) | Q(Exists(covered)) | (standing_in & ~Q(state="closed"))
        return self.filter(theirs, client__is_active=True, client__role="client")
