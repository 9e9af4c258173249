"""What a client did and said of practices, what they set aside, what their therapist picked, and what they chose."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .querysets import AsideQuerySet, DoneQuerySet, PickQuerySet
from .resources import Resource

__all__ = ["PracticeAside", "PracticeChoices", "PracticeDone", "PracticePick", "Resource"]

OPEN = Q(declined_at=None, ended_at=None)


class PracticeDone(models.Model):
    """A practice that was done, and whether it helped: one tap, that can be changed. Said nothing: empty."""

    class Helped(models.TextChoices):
        YES = "yes", "Yes"
        A_BIT = "a_bit", "A bit"
        NOT_REALLY = "not_really", "Not really"
        HARDER = "harder", "Made it harder"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practices_done")
    practice = models.SlugField(max_length=40, db_comment="plain: which practice")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    helped = models.CharField(
        max_length=10, choices=Helped, blank=True, db_comment="plain: one of four answers, so that they can be counted"
    )
    key = models.UUIDField()

    objects = DoneQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "done"
        constraints = [
            models.CheckConstraint(
                condition=Q(helped__in=["", "yes", "a_bit", "not_really", "harder"]), name="practice_helped_is_known"
            ),
            models.UniqueConstraint(fields=["client", "key"], name="one_practice_a_form"),
        ]
        indexes = [models.Index(fields=["client", "-at"], name="practices_done_by_client")]

    def __str__(self) -> str:
        return f"practice done {self.pk}"


class PracticeAside(models.Model):
    """A practice set aside: for fourteen days; the second time until the client comes to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    practice = models.SlugField(max_length=40, db_comment="plain: which practice")
    at = models.DateTimeField()

    objects = AsideQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "set aside"
        indexes = [models.Index(fields=["client", "practice", "-at"], name="practices_aside_by_client")]

    def __str__(self) -> str:
        return f"practice set aside {self.pk}"


class PracticePick(models.Model):
    """A practice that a therapist picked for one client, with a sentence of their own and a moment for it."""

    class Moment(models.TextChoices):
        ANY = "any", "At any time"
        MORNING = "morning", "In the morning"
        EVENING = "evening", "In the evening"
        BEFORE = "before", "Before a session"
        AFTER = "after", "In the weeks after a session"
        BETWEEN = "between", "In between"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practice_picks")
    practice = models.SlugField(max_length=40, db_comment="plain: which practice")
    sentence = SealedTextField(blank=True)
    moment = models.CharField(max_length=8, choices=Moment, default=Moment.ANY, db_comment="plain: when it is for")
    picked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    picked_at = models.DateTimeField(db_default=Now())
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = PickQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(moment__in=["any", "morning", "evening", "before", "after", "between"]), name="pick_moment_is_known"
            ),
            models.UniqueConstraint(fields=["client", "key"], name="one_pick_a_form"),
            models.UniqueConstraint(fields=["client", "practice"], condition=OPEN, name="a_practice_is_picked_once"),
        ]

    def __str__(self) -> str:
        return f"pick {self.pk}"


class PracticeChoices(models.Model):
    """What a client chose about practices as a whole. No row: they are suggested, and their therapist sees what was done."""

    client: Any = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="practice_choices")
    suggests = models.BooleanField(default=True)
    shares = models.BooleanField(default=True)
    cautions = ArrayField(
        models.CharField(max_length=20, db_comment="plain: slugs of content/practices.toml"),
        default=list,
        blank=True,
        db_comment="plain: slugs of cautions in content/practices.toml",
    )

    class Meta:
        verbose_name_plural = "choices"

    def __str__(self) -> str:
        return f"choices of {self.client_id}"
