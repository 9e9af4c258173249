"""Being forgotten: a client's wish with its waiting time, and what may hold it up."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

LONGEST_REASON = 500


class ErasureQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Asked for, neither taken back nor done."""
        return self.filter(taken_back_at=None, done_at=None)

    def due(self, now: datetime) -> Self:
        """Waited for long enough, and held up by nothing. One that has begun goes on."""
        held = LegalHold.objects.in_force().filter(client=OuterRef("client"))
        return self.open().filter(Q(begun_at__isnull=False) | Q(~Exists(held), due_at__lte=now))


class Erasure(models.Model):
    """One wish to be erased. It can be taken back until `begun_at`; the row outlives what it erased, by ids alone.

    `swept_at`: looked once more for what was written in the same instant.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    swept_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(taken_back_at=None), name="one_erasing_a_client"),
            models.CheckConstraint(condition=Q(taken_back_at=None) | Q(begun_at=None), name="what_has_begun_is_not_taken_back"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(begun_at__isnull=False), name="done_after_it_has_begun"),
            models.CheckConstraint(condition=Q(swept_at=None) | Q(done_at__isnull=False), name="swept_after_it_is_done"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class HoldQuerySet(models.QuerySet[Any]):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)


class LegalHold(models.Model):
    """While it is in force nothing of a client's is erased. Why is told to the client, in these words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(lifted_at=None), name="one_hold_a_client"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="who_lifts_a_hold_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
