""" "I read this": a therapist's word to what a client shares, by a press of their own, with a line of thanks or without."""

from typing import Any

from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

MOST = 140


class HeardQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "HeardQuerySet":
        """What was said to a client of what they have not deleted, newest first."""
        there = self.filter(entry__deleted_at=None, passage__entry__deleted_at=None)
        return there.filter(client=client).order_by("-at", "-id")


class Heard(models.Model):
    """One such word to an entry as it was at `version`, or to a passage. There is no answer to it, and it changes no more.

    Taken back within a few minutes the row is gone; that it was said and taken back stays on the client's list.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey("journaling.Entry", null=True, on_delete=models.CASCADE, related_name="heard")
    passage = models.ForeignKey("journaling.Passage", null=True, on_delete=models.CASCADE, related_name="heard")
    version = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(blank=True)
    at = models.DateTimeField()

    objects = HeardQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "heard"
        constraints = [
            models.CheckConstraint(condition=Q(entry=None) ^ Q(passage=None), name="heard_is_about_one_thing"),
            models.UniqueConstraint(fields=["entry", "version", "by"], name="an_entry_is_heard_once_a_version"),
            models.UniqueConstraint(fields=["passage", "by"], name="a_passage_is_heard_once"),
        ]
        indexes = [models.Index(fields=["client", "-at"], name="heard_by_client_newest")]

    def __str__(self) -> str:
        return f"heard {self.pk}"
