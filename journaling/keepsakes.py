"""What a client puts into their keepsake: which parts of it stay out, and which of their own words go in. Models of this app."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField

MOST = 60


class KeepsakePart(models.TextChoices):
    """The parts of a keepsake, in the order of its pages. Each can stay out. The database counts them."""

    INTENTIONS = "intentions", "Your intentions"
    GOALS = "goals", "What you worked towards"
    WORDS = "words", "Words you chose from your journal"
    MOOD = "mood", "Your mood over time"
    MEASURES = "measures", "The forms you filled in"
    SESSIONS = "sessions", "How many sessions there were"
    DATES = "dates", "The dates of your sessions"
    LETTER = "letter", "The letter from your therapist"
    TO_SELF = "to-self", "The day your letter to yourself opens"


class Keepsake(models.Model):
    """One a client. Without a row nothing stays out."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="keepsake")
    left_out = ArrayField(
        models.CharField(max_length=20, db_comment="plain: parts of a keepsake"),
        default=list,
        blank=True,
        db_comment="plain: which parts of the keepsake stay out",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left_out__contained_by=KeepsakePart.values), name="parts_that_a_keepsake_has"),
        ]

    def __str__(self) -> str:
        return f"keepsake of {self.client_id}"


class KeepsakeWordsQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> Self:
        """A client's own, without those of entries that they removed."""
        return self.filter(client=client, entry__deleted_at=None)


class KeepsakeWords(models.Model):
    """An entry that goes in: all of it, or the paragraphs that `parts` names. Whoever else reads the entry never learns it.

    The words themselves are not copied: they are read from the entry as it is then. `parts` is sealed, since a name is
    made from its paragraph; None for the whole entry.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    entry = models.OneToOneField("journaling.Entry", on_delete=models.CASCADE, related_name="+")
    parts = SealedJSONField(blank=True)
    chosen_at = models.DateTimeField(db_default=Now())

    objects = KeepsakeWordsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "keepsake words"
        indexes = [models.Index(fields=["client"], name="keepsake_words_by_client")]

    def __str__(self) -> str:
        return f"keepsake words {self.pk}"
