"""A letter that somebody wrote to themselves, shut until a date."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField


class LetterQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "LetterQuerySet":
        """A client's own, those to open first on top; the words of a shut one are not fetched."""
        return self.filter(client=person, deleted_at=None).defer("text").order_by("opens_on", "id")


class LetterToSelf(models.Model):
    """Words to oneself. They are read on `opens_on` in the writer's days, or when the writer opens them early."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters_to_self")
    text = SealedTextField()
    opens_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    opened_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "letters to self"
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_letter_a_form")]
        indexes = [models.Index(fields=["client", "opens_on"], name="letters_to_self_by_client")]

    def __str__(self) -> str:
        return f"letter to self {self.pk}"

    def is_open_on(self, today: date) -> bool:
        """Whether its words may be shown."""
        return self.opened_at is not None or today >= self.opens_on
