"""What walking a guide leaves: where somebody is in it, what they wrote at each step, and their intention."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

TAKEN_UP = timedelta(days=14)


class WalkQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "WalkQuerySet":
        """A client's own walks, the last touched first."""
        return self.filter(client=person).order_by("-touched_at", "-id")

    def open_at(self, now: datetime) -> "WalkQuerySet":
        """Those that can be taken up again where they were left."""
        return self.filter(closed_at=None, touched_at__gt=now - TAKEN_UP)

    def kept(self) -> "WalkQuerySet":
        """Those gone through to the end, with words that are still there."""
        return self.filter(closed_at__isnull=False, entry__deleted_at=None, entry__isnull=False).select_related("entry")


class Walk(models.Model):
    """One time through a guide, on however many devices. `at_step` is the step to go on with, by its place in the guide.

    `entry` is made with the first words; without any there is none. One that nobody touched for fourteen days is over:
    the next time begins anew, and what was written stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="walks")
    guide = models.SlugField(max_length=60, db_comment="plain: which guide")
    entry = models.OneToOneField("journaling.Entry", null=True, on_delete=models.SET_NULL, related_name="walk")
    at_step = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "guide"], condition=Q(closed_at=None), name="one_walk_at_a_time"),
        ]
        indexes = [models.Index(fields=["client", "-touched_at"], name="walks_by_client")]

    def __str__(self) -> str:
        return f"walk {self.pk}"


class EntryPart(models.Model):
    """What was written at one step of a guide. `asked` keeps the prompt's words as they were shown.

    `key` is that of the form it was last kept by, and `revision` what a page has to have seen to change it. The entry's
    own text is all of its parts as they read one after the other. One that was said in another way has no text.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey("journaling.Entry", on_delete=models.CASCADE, related_name="parts")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField()
    prompt = models.SlugField(max_length=60, db_comment="plain: which prompt it answers")
    asked = SealedTextField(blank=True)
    text = SealedTextField()
    key = models.UUIDField()
    revision = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["step", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "prompt"], name="one_part_a_prompt")]

    def __str__(self) -> str:
        return f"part {self.step} of {self.entry_id}"


class IntentionQuerySet(models.QuerySet[Any]):
    def of(self, person: Person) -> "IntentionQuerySet":
        """A client's own, newest first, without those whose entry they deleted."""
        return self.filter(client=person, entry__deleted_at=None).order_by("-said_at", "-id")


class Intention(models.Model):
    """One sentence for a session, the words as they were when it began. One that rests is shown nowhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="intentions")
    entry = models.ForeignKey("journaling.Entry", on_delete=models.CASCADE, related_name="intentions")
    text = SealedTextField()
    said_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    resting_at = models.DateTimeField(null=True, blank=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["client", "-said_at"], name="intentions_by_client")]

    def __str__(self) -> str:
        return f"intention {self.pk}"
