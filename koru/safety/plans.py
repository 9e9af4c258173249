"""Safety plans and every version of them. Models of this app, kept apart."""

from typing import Any

from django.db import models
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField, SealedTextField

from .plan_words import MATTERS, Words, from_rows


class SafetyPlan(models.Model):
    """A client's one plan. `number` is its newest version, 0 while nothing was written; a writer goes on from the one they saw.

    `matters_own`: its last section is kept to oneself. `looked_at`: when it was last gone through, or let be until next time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safety_plan")
    number = models.PositiveIntegerField(default=0)
    matters_own = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"safety plan {self.pk}"


class PlanVersionQuerySet(models.QuerySet[Any]):
    def of_client(self, client: Person) -> "PlanVersionQuerySet":
        """The newest first."""
        return self.filter(client=client).order_by("-number")


class PlanVersion(models.Model):
    """How a plan was from one saving to the next. Written once, never changed (migration 0005).

    `matters` is the last section, kept apart so that nobody opens it who may not read it; `matters_own`: it was kept to
    oneself when this was written, and stays so. `together`: a therapist has marked it as made with the client.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="versions")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    words = SealedJSONField()
    matters = SealedJSONField()
    matters_own = models.BooleanField(default=False)
    together = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    key = models.UUIDField()

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number"),
            models.UniqueConstraint(fields=["client", "key"], name="one_plan_version_a_form"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="plan_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"

    def lines(self, *, matters: bool = True) -> Words:
        """All its sections; without `matters` the last is not even opened."""
        words = from_rows(self.words)
        return {**words, MATTERS: from_rows(self.matters).get(MATTERS, ())} if matters else words


class PlanPicture(models.Model):
    """One picture beside the last section, drawn anew and sealed. Whoever may not read that section may not see it.

    `data`: its bytes as base64. `on_device` and `in_print`: it goes into the copy on a device, and onto paper, by choice.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.OneToOneField(SafetyPlan, on_delete=models.CASCADE, related_name="picture")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    media_type = models.CharField(max_length=20, db_comment="plain: what the bytes are")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    data = SealedTextField()
    words = SealedTextField(blank=True)
    on_device = models.BooleanField(default=False)
    in_print = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"plan picture {self.pk}"


class PlanDraftQuerySet(models.QuerySet[Any]):
    def of(self, client: Person, by: Person) -> "PlanDraftQuerySet":
        """What somebody has typed for a client's plan and not kept yet, the newest first."""
        return self.filter(client=client, by=by).order_by("-saved_at", "-id")


class PlanDraft(models.Model):
    """A form of the plan as it was last typed in, by the client or by their therapist. `base`: the version it began from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    base = models.PositiveIntegerField(default=0)
    words = SealedJSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "by", "key"], name="one_plan_draft_a_form")]

    def __str__(self) -> str:
        return f"plan draft {self.pk}"

    @property
    def lines(self) -> Words:
        return from_rows(self.words)
