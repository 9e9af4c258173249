"""What a therapist has typed about a client and not put in yet; their notes stand in a module of their own."""

from typing import Any

from django.db import models

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField

from .added import AddedLine
from .notes import Note, NoteVersion

__all__ = ["AddedLine", "Note", "NoteVersion", "Typed"]


class TypedQuerySet(models.QuerySet[Any]):
    def of(self, client: Person, by: Person) -> "TypedQuerySet":
        """What somebody has typed about a client and not put in yet, the newest first."""
        return self.filter(client=client, by=by).order_by("-saved_at", "-id")


class Typed(models.Model):
    """One form of the page as it was last typed in: its writer's alone, sealed with the client's key, thirty days at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    form = models.SlugField(max_length=10, db_comment="plain: which form of the page")
    key = models.UUIDField()
    fields = SealedJSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "typed"
        constraints = [models.UniqueConstraint(fields=["client", "by", "form", "key"], name="one_typed_form_a_key")]

    def __str__(self) -> str:
        return f"typed {self.pk}"

    @property
    def given(self) -> dict[str, str]:
        return dict(self.fields or {})
