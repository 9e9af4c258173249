"""A therapist's own notes about their work with a client: models of this room, kept apart. Who reads them: decision 0033."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.sealing.fields import SealedTextField

LONGEST = 5000


class NoteQuerySet(models.QuerySet[Any]):
    def own_in(self, record: Record) -> Self:
        """The reader's own, and nobody else's."""
        return self.filter(client=record.client, by=record.reader) if record.opens(Part.NOTES) else self.none()

    def handed_over_in(self, record: Record) -> Self:
        """What others who worked with the client marked for whoever does so in their place, or covers for them."""
        if not record.opens(Part.HANDED_OVER):
            return self.none()
        return self.filter(client=record.client, for_handover=True).exclude(by=record.reader)

    def to_ask_next(self) -> Self:
        return self.filter(asks=True, asked_at=None).order_by("made_at", "id")


class Note(models.Model):
    """One note: its writer's alone unless marked for handover, sealed with the client's key and gone with it.

    `asks`: it stands in the brief under promises, for its writer, until `asked_at`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("scheduling.Appointment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = SealedTextField()
    asks = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    for_handover = models.BooleanField(default=False)
    key = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "by", "key"], name="one_note_a_key"),
            models.CheckConstraint(condition=Q(asked_at=None) | Q(asks=True), name="only_what_asks_was_asked"),
        ]
        indexes = [models.Index(fields=["client", "by"], name="notes_of_a_writer")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteVersion(models.Model):
    """How a note read before it was changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    words = SealedTextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"version {self.pk}"
