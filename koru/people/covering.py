"""Covering: for at most fourteen days another therapist reads a client's record, because somebody who may say so said so.

Given by the client's therapist or a clinical lead, never by who receives it; read-only but for flags; asked anew at each
opening. The client reads who it is, until when and why.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.ids import new_id
from koru.moments.spans import Span
from koru.sealing.fields import SealedTextField

if TYPE_CHECKING:
    from .models import Person

MOST_DAYS, SHORTEST_REASON, LONGEST_REASON = 14, 5, 200
KEPT = timedelta(days=90)
AT_MOST = timedelta(days=MOST_DAYS, hours=1)  # fourteen days of a calendar last an hour longer when summer time ends


class CannotCover(Exception):
    """It can't be given so; says why in words."""


class CoverQuerySet(models.QuerySet[Any]):
    def current(self) -> "CoverQuerySet":
        """Begun, not over and not ended before, by the database's clock."""
        return self.filter(during__contains=Now(), ended_at=None)

    def lately(self) -> "CoverQuerySet":
        """Those that stand, will, or were over less than three months ago, newest first."""
        covers = self.filter(during__endswith__gt=Now() - KEPT).order_by("-during")
        return covers.select_related("client", "therapist", "given_by")

    def of(self, therapist: "Person") -> "CoverQuerySet":
        """Those by which a therapist reads a record now."""
        return self.current().filter(therapist=therapist, client__is_active=True)


class Cover(models.Model):
    """One such time. It can be ended before its time, once; nothing else about it changes: a trigger sees to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="covers")
    therapist = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="covering")
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    reason = SealedTextField()
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=F("therapist")), name="nobody_lets_themselves_in"),
            models.CheckConstraint(condition=~Q(client=F("therapist")), name="nobody_covers_for_themselves"),
            models.CheckConstraint(
                condition=Q(during__startswith__isnull=False, during__endswith__isnull=False)
                & Q(during__endswith__lte=F("during__startswith") + AT_MOST),
                name="a_cover_has_an_end_within_two_weeks",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_cover_names_who_ended_it",
            ),
            ExclusionConstraint(
                name="one_cover_at_a_time_a_pair",
                condition=Q(ended_at=None),
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("therapist", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"

    @property
    def span(self) -> Span:
        return Span.of_range(self.during)


def may_give(by: "Person", client: "Person") -> bool:
    """The client's therapist now, or a clinical lead."""
    return by.is_active and by.is_therapist and (by.is_lead or by.caseload.current().filter(client=client).exists())


# A clinic does it so that somebody is there, also on the day after a session: it doesn't wait as a client's own sharing does.
@neither
@transaction.atomic
def let_cover(client: "Person", therapist: "Person", span: Span, reason: str, *, by: "Person") -> Cover:
    """Let `therapist` read the client's record during `span`. Raises CannotCover with words for whoever asks."""
    reason = " ".join(reason.split())
    _may_be_given(client, therapist, by)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise CannotCover(f"Say why in {SHORTEST_REASON} to {LONGEST_REASON} characters: the client reads it.")
    if span.end <= timezone.now():
        raise CannotCover("That time is over.")
    if span.end - span.start > AT_MOST:
        raise CannotCover(f"Somebody can cover for {MOST_DAYS} days at most. It can be given again.")
    try:
        with transaction.atomic():
            return Cover.objects.create(client=client, therapist=therapist, given_by=by, during=span.range, reason=reason)
    except IntegrityError as clash:
        if "one_cover_at_a_time_a_pair" not in str(clash):
            raise
        raise CannotCover(f"{therapist.display_name} covers for {client.display_name} in that time already.") from clash


def _may_be_given(client: "Person", therapist: "Person", by: "Person") -> None:
    if not may_give(by, client):
        raise CannotCover("Only a client’s therapist or a clinical lead can say who covers.")
    if therapist == by:
        raise CannotCover("Somebody else has to say that you cover.")
    if not (therapist.is_active and therapist.is_therapist):
        raise CannotCover("Pick a therapist of this clinic.")
    if therapist.caseload.current().filter(client=client).exists():
        raise CannotCover(f"{therapist.display_name} works with {client.display_name} already.")


@narrows
@transaction.atomic
def end_cover(cover: Cover, *, by: "Person") -> bool:
    """From this instant they read no more; one that hasn't begun never does. False: it was over. Raises CannotCover.

    Who gave it, who has it, the client's therapists and clinical leads may end it.
    """
    kept = Cover.objects.select_for_update(no_key=True).select_related("client").filter(pk=cover.pk).first()
    if kept is None or not (by.pk in (kept.given_by_id, kept.therapist_id) or may_give(by, kept.client)):
        raise CannotCover("Only those who can say who covers can end it.")
    if kept.ended_at or kept.span.end <= timezone.now():
        return False
    kept.ended_at, kept.ended_by = timezone.now(), by
    kept.save(update_fields=["ended_at", "ended_by"])
    return True
