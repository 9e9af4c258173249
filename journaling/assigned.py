"""What a therapist chose for one client: a prompt, a guide or a question in the therapist's words; and how deep it may go."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

QUESTION = "asked-"
OPEN = Q(done_at=None, declined_at=None, ended_at=None)


class AssignedQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> "AssignedQuerySet":
        return self.filter(client=client)

    def open(self) -> "AssignedQuerySet":
        """Neither answered nor declined nor taken back, the oldest first."""
        return self.filter(OPEN).order_by("assigned_at", "id")


class Assigned(models.Model):
    """One thing to write, chosen by a therapist. It is offered first, once, and the client may say "Not this one"."""

    class Kind(models.TextChoices):
        PROMPT = "prompt", "A prompt"
        GUIDE = "guide", "A guide"
        QUESTION = "question", "A question of your own"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assigned")
    kind = models.CharField(max_length=8, choices=Kind, db_comment="plain: prompt, guide or question")
    named = models.SlugField(max_length=60, blank=True, db_comment="plain: slug of the prompt or guide")
    question = SealedTextField(blank=True)
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = AssignedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "assigned"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="question", named="") | (~Q(kind="question") & ~Q(named="")), name="assigned_is_named"
            ),
            models.CheckConstraint(condition=Q(kind__in=["prompt", "guide", "question"]), name="assigned_kind_is_known"),
            models.UniqueConstraint(fields=["client", "key"], name="one_assigned_a_form"),
            models.UniqueConstraint(fields=["client", "named"], condition=OPEN & ~Q(named=""), name="assigned_once_at_a_time"),
        ]
        indexes = [models.Index(fields=["client", "assigned_at"], condition=OPEN, name="assigned_open")]

    def __str__(self) -> str:
        return f"assigned {self.kind} {self.pk}"

    @property
    def slug(self) -> str:
        """What an entry answers by it: the prompt's own name, or the question's."""
        return self.named or f"{QUESTION}{self.pk}"


class Depth(models.Model):
    """How deep prompts may go for one client, as their therapist set it. No row: the usual depth."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    ceiling = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ceiling__gte=1, ceiling__lte=3), name="depth_is_one_to_three")]

    def __str__(self) -> str:
        return f"depth of {self.client_id}"
