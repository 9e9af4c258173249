"""Meeting less often as it was proposed, and a client's wish to come sooner. Models of this app, kept apart."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from koru.moments.ids import new_id

if TYPE_CHECKING:
    from .models import Person

SPACINGS = (4, 6, 8, 12)  # weeks between two meetings


class SpacingQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Proposed, and not answered yet."""
        return self.filter(ended_at=None)


class Spacing(models.Model):
    """So many weeks between two meetings, as a therapist proposed it; one open at a time, kept once it was answered.

    `monthly`: with it, the WHO-5 once a month in place of the measures asked until then.
    """

    class How(models.TextChoices):
        AGREED = "agreed", "agreed by the client"
        TALK = "talk", "the client would rather talk about it"
        BACK = "back", "taken back"
        CHANGED = "changed", "something else was agreed or proposed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    monthly = models.BooleanField(default=False)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=8, choices=How, blank=True, db_comment="plain: what became of it")

    objects = SpacingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended_at=None), name="one_spacing_proposed"),
            models.CheckConstraint(condition=Q(weeks__in=SPACINGS), name="a_spacing_is_one_of_four"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended="") | Q(ended_at__isnull=False, ended__in=["agreed", "talk", "back", "changed"]),
                name="a_spacing_ends_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"spacing for {self.client_id}"


class SoonerAsk(models.Model):
    """A client would like to meet sooner. One open at a time; `seen_by`: who of their therapists took note of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(seen_at=None), name="one_sooner_asked_for"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="sooner_is_seen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"sooner for {self.client_id}"


def hold(client: "Person") -> None:
    """One deed at a time about where somebody is."""
    apps.get_model("people", "Person").objects.select_for_update(no_key=True).get(pk=client.pk)


def end(client: "Person", how: str, **which: Any) -> bool:
    """What is proposed is no more, in the transaction of what ends it. Whether something was."""
    rows = Spacing.objects.open().filter(client=client, **which)
    return bool(rows.update(ended_at=timezone.now(), ended=how))
