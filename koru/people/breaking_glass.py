"""Break-glass: in an emergency a therapist of the clinic opens one client's record for four hours, and everybody hears of it.

Read-only, what who covers sees; with a reason that the client reads; at most three in any 24 hours by one person, which
the database holds (45 CFR 164.312(a)(2)(ii)). A clinical lead other than who opened it says that they looked at it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.ids import new_id
from koru.sealing.fields import SealedTextField

if TYPE_CHECKING:
    from .models import Person

OPEN_FOR, LOOKED_AT_WITHIN, A_DAY = timedelta(hours=4), timedelta(hours=72), timedelta(hours=24)
SHORTEST_REASON, LONGEST_REASON, MOST_A_DAY = 20, 400, 3
KEPT = timedelta(days=90)


class CannotBreakGlass(Exception):
    """It can't be opened so; says why in words."""


class BrokenGlassQuerySet(models.QuerySet[Any]):
    def of(self, therapist: "Person") -> "BrokenGlassQuerySet":
        """Those by which a therapist reads a record now, by the database's clock."""
        now = self.filter(opened_at__lte=Now(), closes_at__gt=Now())
        return now.filter(opened_by=therapist, client__is_active=True)

    def waiting(self) -> "BrokenGlassQuerySet":
        """No clinical lead has looked at it yet."""
        return self.filter(looked_at=None)

    def late(self) -> "BrokenGlassQuerySet":
        return self.waiting().filter(opened_at__lte=Now() - LOOKED_AT_WITHIN)

    def lately(self) -> "BrokenGlassQuerySet":
        """Of the last three months, newest first."""
        rows = self.filter(opened_at__gt=Now() - KEPT).order_by("-opened_at")
        return rows.select_related("client", "opened_by", "looked_at_by")


class BrokenGlass(models.Model):
    """One such opening. That somebody looked at it is said once; nothing else about it changes: a trigger sees to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="glasses")
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_at_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = BrokenGlassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at=F("opened_at") + OPEN_FOR), name="glass_is_open_for_four_hours"),
            models.CheckConstraint(condition=~Q(client=F("opened_by")), name="nobody_breaks_their_own_glass"),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_at_by=None) | Q(looked_at__isnull=False, looked_at_by__isnull=False),
                name="who_looked_at_a_glass_is_named",
            ),
            models.CheckConstraint(
                condition=Q(looked_at_by=None) | ~Q(looked_at_by=F("opened_by")), name="somebody_else_looks_at_a_glass"
            ),
        ]
        indexes = [models.Index(fields=["opened_by", "opened_at"], name="glass_by_opener")]

    def __str__(self) -> str:
        return f"broken glass {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.opened_at <= timezone.now() < self.closes_at

    @property
    def is_late(self) -> bool:
        """Nobody looked at it in time."""
        return self.looked_at is None and self.opened_at <= timezone.now() - LOOKED_AT_WITHIN


# In an emergency nobody can wait for a day after a session; what the client shares with whom stays as it was.
@neither
@transaction.atomic
def break_glass(client: "Person", reason: str, *, by: "Person") -> BrokenGlass:
    """Open the client's record to `by` for four hours. Raises CannotBreakGlass with words for whoever asks."""
    reason = " ".join(reason.split())
    if not (by.is_active and by.is_therapist):
        raise CannotBreakGlass("Only a therapist of this clinic can open a record in an emergency.")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise CannotBreakGlass(f"Say why in {SHORTEST_REASON} to {LONGEST_REASON} characters: the client reads it.")
    if by.caseload.current().filter(client=client).exists() or by.covering.current().filter(client=client).exists():
        raise CannotBreakGlass(f"You read what {client.display_name} shares already.")
    if BrokenGlass.objects.of(by).filter(client=client).exists():
        raise CannotBreakGlass("It is open to you already.")
    now = timezone.now()
    try:
        with transaction.atomic():
            return BrokenGlass.objects.create(client=client, opened_by=by, reason=reason, opened_at=now, closes_at=now + OPEN_FOR)
    except IntegrityError as no:
        if "three in a day" not in str(no):
            raise
        raise CannotBreakGlass(f"You have opened {MOST_A_DAY} records so in a day. Ask a clinical lead.") from no


@neither
@transaction.atomic
def look_at_glass(glass: BrokenGlass, *, by: "Person") -> bool:
    """A clinical lead says that they looked at it. False: somebody had. Raises CannotBreakGlass."""
    kept = BrokenGlass.objects.select_for_update(no_key=True).filter(pk=glass.pk).first()
    if kept is None or not (by.is_active and by.is_therapist and by.is_lead) or by.pk == kept.opened_by_id:
        raise CannotBreakGlass("A clinical lead who didn’t open it looks at it.")
    if kept.looked_at:
        return False
    kept.looked_at, kept.looked_at_by = timezone.now(), by
    kept.save(update_fields=["looked_at", "looked_at_by"])
    return True
