"""A copy of everything that is a client's, on its way: the row is the queue, the pieces are what is made of it so far."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

KEPT = timedelta(hours=24)


class ExportQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> Self:
        return self.filter(client=client).order_by("-asked_at", "-id")

    def standing(self) -> Self:
        """Being made, or ready: there is one at a time."""
        return self.filter(state__in=(Export.State.ASKED, Export.State.READY))

    def open_at(self, now: datetime) -> Self:
        """Those that can be taken along."""
        return self.filter(state=Export.State.READY, expires_at__gt=now)


class Export(models.Model):
    """One copy that a client asked for. It is made in `of` parts, each of them whole or not there, and kept for a day.

    `whole`: what `verify_audit` said of the client's own chain as it was made.
    """

    class State(models.TextChoices):
        ASKED = "asked", "being made"
        READY = "ready", "ready"
        GONE = "gone", "no longer kept"
        FAILED = "failed", "could not be made"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.ASKED, db_comment="plain: how far it is")
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    whole = models.BooleanField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(state__in=["asked", "ready"]), name="one_copy_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(ready_at__isnull=False, expires_at__isnull=False), name="a_ready_copy_has_an_end"
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("of")), name="no_more_parts_than_there_are"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"


class ExportPiece(models.Model):
    """A stretch of one file of a copy, sealed with the client's own key. Gone with the copy."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="pieces")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, db_comment="plain: which file of the copy")
    number = models.PositiveIntegerField()
    words: Any = SealedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "name", "number"], name="one_piece_a_place")]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.export_id}"
