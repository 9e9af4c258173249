"""What is given of an entry that is otherwise private: a passage of it, or only that there is something."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.sealing.fields import SealedTextField

from .sharing import ONLY_ME


class PassageQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "PassageQuerySet":
        """A client's own, with those that wait and those taken back; none of a deleted entry."""
        return self.filter(client=person, entry__deleted_at=None).order_by("made_at", "id")

    def given(self) -> "PassageQuerySet":
        return self.exclude(shared_at=None).filter(taken_back_at=None)

    def readable_in(self, record: Record) -> "PassageQuerySet":
        """What the record's reader may read: what is given now, and only with shared entries open to them."""
        mine = PassageQuerySet(self.model).of(record.client).given()
        return mine if record.opens(Part.SHARED_ENTRIES) else self.none()

    def within(self, span: Span) -> "PassageQuerySet":
        return self.filter(shared_at__gte=span.start, shared_at__lt=span.end)


class Passage(models.Model):
    """Words of an entry that the client brings, as they were when they were marked.

    A copy: changing the entry changes neither what was given nor how much of it. `ask_at`: a wish within a day of a
    dosing session, nothing shared until it is said again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passages")
    entry = models.ForeignKey("journaling.Entry", on_delete=models.CASCADE, related_name="passages")
    text = SealedTextField()
    key = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now())
    ask_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_passage_a_form")]
        indexes = [
            models.Index(
                fields=["client", "-shared_at"],
                condition=Q(taken_back_at=None, shared_at__isnull=False),
                name="passages_given_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk}"


class RaisedQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "RaisedQuerySet":
        """A client's own that still stand, with those that wait: about a private entry, or about nothing written."""
        private = Q(entry=None) | Q(entry__deleted_at=None, entry__share=ONLY_ME)
        return self.filter(private, client=person, ended_at=None).order_by("made_at")

    def told(self) -> "RaisedQuerySet":
        """Those whose being there may be told."""
        return self.filter(ask_at=None)


class Raised(models.Model):
    """Something that the client would rather raise themselves. Others learn that there is something, and nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="raised")
    entry = models.ForeignKey("journaling.Entry", null=True, on_delete=models.CASCADE, related_name="raised")
    made_at = models.DateTimeField(db_default=Now())
    ask_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RaisedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "raised"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "entry"], condition=Q(ended_at=None), nulls_distinct=False, name="raised_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"raised {self.pk}"
