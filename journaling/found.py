"""What helps to find words again: own tags, a search that is going on, and earlier words that are left to rest."""

from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField


class TagQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "TagQuerySet":
        """A client's own tags with how many entries carry each, as `carried`. One question."""
        there = Count("taggings", filter=Q(taggings__entry__deleted_at=None))
        mine: TagQuerySet = self.filter(client=person).annotate(carried=there)
        return mine.order_by("id")


class Tag(models.Model):
    """A word of the client's own to find entries by. Nobody else sees it, not even with a shared entry."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tags")
    word = SealedTextField()

    objects = TagQuerySet.as_manager()

    def __str__(self) -> str:
        return f"tag {self.pk}"


class Tagging(models.Model):
    """An entry carries a tag."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey("journaling.Entry", on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "tag"], name="one_tag_once_an_entry")]

    def __str__(self) -> str:
        return f"tagging {self.pk}"


class Search(models.Model):
    """What a client looks for, kept sealed for a day: so an address names it and never the words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="searches")
    words = SealedTextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return f"search {self.pk}"


class Rested(models.Model):
    """An earlier entry that is not to come up by itself again. It stays where it is."""

    entry = models.OneToOneField("journaling.Entry", primary_key=True, on_delete=models.CASCADE, related_name="rested")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "rested"

    def __str__(self) -> str:
        return f"rested {self.entry_id}"
