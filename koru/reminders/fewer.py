"""A wider rhythm that a therapist suggests: only the client's yes takes it up. A model of this app, kept apart."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person

WIDER = (4, 7)  # days apart


class FewerQuerySet(models.QuerySet["FewerNotes"]):
    def open(self) -> "FewerQuerySet":
        return self.filter(ended_at=None)

    def of(self, client: Person) -> "FewerQuerySet":
        return self.filter(client=client)


class FewerNotes(models.Model):
    """Notes to check in so many days `apart`, as a therapist suggested; one open at a time, kept once it has ended."""

    class How(models.TextChoices):
        TAKEN = "taken", "taken by the client"
        NOT_NOW = "not-now", "not now"
        BACK = "back", "taken back"
        CHANGED = "changed", "the rhythm is another by now"
        FLAG = "flag", "something came up"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    apart = models.PositiveSmallIntegerField()
    suggested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    suggested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=8, choices=How, blank=True, db_comment="plain: what became of it")

    objects = FewerQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "fewer notes"
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="one_wider_rhythm_suggested"),
            models.CheckConstraint(condition=Q(apart__in=WIDER), name="a_wider_rhythm_is_a_step"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="")
                | Q(ended_at__isnull=False, ended__in=["taken", "not-now", "back", "changed", "flag"]),
                name="a_suggestion_ends_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"fewer notes for {self.client_id}"


def end(client: UUID, how: FewerNotes.How) -> bool:
    """What is suggested is no more, in the transaction of what ends it. Whether something was."""
    return bool(FewerNotes.objects.open().filter(client=client).update(ended_at=timezone.now(), ended=how))
