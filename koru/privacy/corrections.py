"""What a client asks the practice to put right in their record, and what became of it: kept, whichever it was."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

LONGEST = 2000


class CorrectionQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> Self:
        return self.filter(client=client).select_related("answered_by").order_by("-asked_at", "-id")

    def waiting(self) -> Self:
        """Neither answered nor taken back, whoever has waited longest first."""
        return self.filter(answered_at=None, taken_back_at=None).order_by("asked_at", "id")


class Correction(models.Model):
    """One such request. Answered once, with what became of it; `key` is that of the form, so that one sent twice is one."""

    class Outcome(models.TextChoices):
        DONE = "done", "Put right"
        PARTLY = "partly", "Put right in part"
        STAYS = "stays", "Stays as it is"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = SealedTextField()
    asked_at = models.DateTimeField(db_default=Now())
    key = models.UUIDField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True, db_comment="plain: what became of it")
    answer = SealedTextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_correction_a_form"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome=""),
                name="an_answer_says_what_became_of_it",
            ),
            models.CheckConstraint(condition=Q(taken_back_at=None) | Q(answered_at=None), name="answered_or_taken_back"),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"
