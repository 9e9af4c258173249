"""Where client and therapist are after the sessions: seeing each other less, or coming to an end (clinical.md 1.1)."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.ids import new_id

from .spacings import SPACINGS, Spacing, end, hold

if TYPE_CHECKING:
    from .models import Person


class CannotSet(Exception):
    """The stage can't be set so; says why in words."""


class StageQuerySet(models.QuerySet[Any]):
    def now(self) -> "StageQuerySet":
        return self.filter(until=None)


class Stage(models.Model):
    """One such stage of one client, kept when it is over. None open: sessions, and the weeks around them."""

    class Name(models.TextChoices):
        MAINTENANCE = "maintenance", "seeing each other less"
        FINISHING = "finishing", "coming to an end"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=11, choices=Name, db_comment="plain: maintenance or finishing")
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agreed = models.OneToOneField("people.Spacing", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(until=None), name="one_stage_at_a_time"),
            models.CheckConstraint(
                condition=Q(name="maintenance", weeks__isnull=False, weeks__in=SPACINGS) | Q(name="finishing", weeks=None),
                name="maintenance_has_a_spacing",
            ),
            models.CheckConstraint(condition=Q(agreed__isnull=False) | ~Q(name="maintenance"), name="meeting_less_was_agreed"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.client_id}"


def stage_of(client: "Person") -> Stage | None:
    """The stage that stands; None while sessions and the weeks around them go on."""
    found: Stage | None = Stage.objects.now().filter(client=client).first()
    return found


def check_therapist(client: "Person", by: "Person") -> None:
    """Raises CannotSet for whoever isn't the client's therapist now."""
    if not by.caseload.current().filter(client=client).exists():
        raise CannotSet("This is agreed between a client and their therapist.")


@neither
@transaction.atomic
def set_stage(name: str, *, client: "Person", by: "Person") -> Stage | None:
    """Say where the two are: coming to an end, or "" for sessions and the weeks around them. The same again changes nothing.

    Meeting less often takes the client's yes (`spacing.propose`, `spacing.agree`). Raises CannotSet for any other stage, and
    when `by` is not the client's therapist now.
    """
    check_therapist(client, by)
    if name not in ("", Stage.Name.FINISHING):
        raise CannotSet("Pick one of those shown.")
    hold(client)
    end(client, Spacing.How.CHANGED)
    stands = stage_of(client)
    if (stands.name == name) if stands else not name:
        return stands
    now = timezone.now()
    Stage.objects.now().filter(client=client).update(until=now)
    return Stage.objects.create(client=client, name=name, since=now, set_by=by) if name else None
