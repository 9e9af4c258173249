"""What a client works towards, in their own words, and where they are with it. Models of this app, kept apart."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.sealing.fields import SealedTextField

from .sharing import ONLY_ME, THERAPIST

MOST = 3
LONGEST, LONGEST_WHERE = 300, 1000
NEAREST = 10


class GoalQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> Self:
        """A client's own, those they work towards first."""
        return self.filter(client=client)

    def readable_in(self, record: Record) -> Self:
        """As the record's reader may have them: others read those that are shared."""
        mine = self.filter(client=record.client)
        if record.is_own:
            return mine
        return mine.filter(share=THERAPIST) if record.opens(Part.GOALS) else mine.none()


class Goal(models.Model):
    """One of three at most. `place` is 1 to 3 while they work towards it and empty while it rests.

    Within a day of a dosing session a goal that is new or changed is its client's alone; `ask_at` is when it can be shared.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="goals")
    words = SealedTextField()
    share = models.CharField(
        max_length=20, choices=[(ONLY_ME, "Only me"), (THERAPIST, "My therapist")], db_comment="plain: who may read it"
    )
    ask_at = models.DateTimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now())

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = [models.F("place").asc(nulls_last=True), "-made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_goal_a_key"),
            models.UniqueConstraint(fields=["client", "place"], condition=Q(place__isnull=False), name="one_goal_a_place"),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1, place__lte=MOST), name="three_goals_at_most"),
            models.CheckConstraint(condition=Q(share__in=[ONLY_ME, THERAPIST]), name="a_goal_is_shared_or_not"),
            models.CheckConstraint(condition=Q(ask_at=None) | Q(share=ONLY_ME), name="a_goal_that_waits_is_only_mine"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"

    @property
    def is_shared(self) -> bool:
        return self.share == THERAPIST


class GoalBefore(models.Model):
    """How a goal read before it was put in other words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="before")
    words = SealedTextField()
    until = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-until", "-id"]
        verbose_name_plural = "goals before"

    def __str__(self) -> str:
        return f"earlier words {self.pk}"


class Whereabouts(models.Model):
    """Where a client said they are with a goal: words, and if they like a number of their own, 0 far to 10 there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="said")
    words = SealedTextField(blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.UUIDField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "whereabouts"
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="said_once_a_key"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__lte=NEAREST), name="from_nought_to_ten"),
        ]

    def __str__(self) -> str:
        return f"whereabouts {self.pk}"
