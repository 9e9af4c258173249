"""What a client signed and what the prescriber decided. Models of this app, kept apart."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id

from .querysets import ConsentQuerySet


class Consent(models.Model):
    """One signed text, with the words as they were shown. Withdrawn, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="consents")
    kind = models.SlugField(max_length=40, db_comment="plain: which consent")
    version = models.PositiveSmallIntegerField()
    words = models.TextField(db_comment="content: the text as it was shown")
    words_hash = models.CharField(max_length=64, db_comment="plain: SHA-256 of the words")
    given_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind"], condition=Q(withdrawn_at=None), name="one_consent_in_force_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Clearance(models.Model):
    """The prescriber's word that a client may have dosing sessions, and until when. No medical details."""

    class Verdict(models.TextChoices):
        YES = "yes", "Cleared"
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="clearances")
    prescriber_name = models.CharField(max_length=120, db_comment="plain: who decided, outside Koru")
    verdict = models.CharField(max_length=10, choices=Verdict, db_comment="plain: yes, not yet or no")
    decided_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(verdict="yes") | Q(valid_until__isnull=False), name="clearance_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"clearance {self.verdict} of {self.decided_on}"
