"""Other ways to say it: a voice note, a drawing or a photo that belongs to an entry, and its sealed bytes."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from journaling.models import Entry
from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.envelope import Place
from koru.sealing.fields import SealedTextField

from .querysets import AttachmentQuerySet


class Attachment(models.Model):
    """One recording or picture. Its entry's level is its own; its bytes lie in chunks.

    `apart`: kept for the writer alone although its entry is shared, because it came within a day of a dosing session.
    `key` is that of the form it came from, so that a form sent twice adds one. `part`: the step of a guide that it answers.
    """

    class Kind(models.TextChoices):
        VOICE = "voice", "Voice note"
        DRAWING = "drawing", "Drawing"
        PHOTO = "photo", "Photo"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attachments")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")
    part = models.ForeignKey("journaling.EntryPart", null=True, blank=True, on_delete=models.SET_NULL, related_name="things")
    kind = models.CharField(max_length=10, choices=Kind, db_comment="plain: voice, drawing or photo")
    media_type = models.CharField(max_length=20, db_comment="plain: what the bytes are, told from themselves")
    size = models.PositiveIntegerField()
    small_size = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    words = SealedTextField(blank=True)
    apart = models.BooleanField(default=False)
    key = models.UUIDField()
    at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["entry", "at"], name="attachments_by_entry")]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_attachment_a_form"),
            models.CheckConstraint(condition=Q(kind__in=["voice", "drawing", "photo"]), name="attachment_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Chunk(models.Model):
    """A stretch of an attachment's bytes, sealed. `small` is the picture as lists show it."""

    class Form(models.TextChoices):
        WHOLE = "whole", "Whole"
        SMALL = "small", "Small"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="chunks")
    form = models.CharField(max_length=5, choices=Form, db_comment="plain: the whole or the small picture")
    number = models.PositiveSmallIntegerField()
    blob = models.BinaryField(db_comment="sealed: bytes under the client's data key, bound to their place among the others")

    sealed_by_hand = {"blob": "attachment__client_id"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attachment", "form", "number"], name="one_chunk_a_place")]

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.attachment_id}"

    def place(self) -> Place:
        """Bound to its file, its number and the length of all, so that none can be moved, repeated or left out."""
        of = self.attachment
        size = of.small_size if self.form == Chunk.Form.SMALL else of.size
        return Place(self._meta.db_table, "blob", f"{of.pk}/{self.form}/{self.number}/{size}", str(of.client_id))
