"""A client's own list for keeping well: early signs, whom they tell first, what they do on rough days. Models kept apart."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.sealing.fields import SealedTextField


class Kind(models.TextChoices):
    SIGN = "sign", "an early sign"
    TELL = "tell", "somebody to tell first"
    STEP = "step", "a step for rough days"


MOST = {Kind.SIGN: 7, Kind.TELL: 3, Kind.STEP: 7}  # a few lines: a list that can be read on a rough day


class KeepingLineQuerySet(models.QuerySet[Any]):
    def of(self, client: Person) -> Self:
        return self.filter(client=client).order_by("place", "id")

    def live(self) -> Self:
        """What stands on the list now."""
        return self.filter(until=None)

    def readable_in(self, record: Record) -> Self:
        """What the record's reader may read of it: all of one's own; of another's what they share, nothing by default."""
        rows = self.of(record.client)
        if not record.opens(Part.KEEPING_WELL):
            return rows.none()
        if record.is_own:
            return rows
        shared = KeepingChoice.objects.filter(client=record.client, is_shared=True)
        return rows.live().filter(models.Exists(shared), apart=False)

    def with_last_seen(self, **which: Any) -> Self:
        """Each with `last_seen`: the Monday of the last week in which it was seen."""
        seen = SignSeen.objects.filter(line=OuterRef("pk"), **which).order_by().values("line")
        return self.annotate(last_seen=Subquery(seen.annotate(last=Max("week")).values("last")))


class KeepingLine(models.Model):
    """One line, whose words never change: put otherwise, it is a new line in its `place`, and this one is over (`until`).

    `apart`: added within a day of a session, so it stays the client's own until they share the list anew.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind, db_comment="plain: an early sign, somebody to tell, a step")
    words = SealedTextField()
    place = models.PositiveIntegerField()
    apart = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = KeepingLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_keeping_line_a_form"),
            models.UniqueConstraint(fields=["client", "kind", "place"], condition=Q(until=None), name="one_keeping_line_a_place"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_keeping_line_is_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}"


class SignSeen(models.Model):
    """An early sign that was there in the week from that Monday, as its client ticked it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(KeepingLine, on_delete=models.CASCADE, related_name="seen")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    apart = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "signs seen"
        constraints = [models.UniqueConstraint(fields=["line", "week"], name="a_sign_is_seen_once_a_week")]

    def __str__(self) -> str:
        return f"{self.line_id} in {self.week}"


class KeepingChoice(models.Model):
    """Whether a client's therapist may read their list. No row: only they themselves do."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"choice of {self.client_id}"


def monday_of(day: date) -> date:
    return date.fromordinal(day.toordinal() - day.weekday())
