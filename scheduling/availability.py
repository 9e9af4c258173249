"""When therapists are there: weekly hours in the clinic's zone, and days that differ. Models of this app, kept apart."""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.ui.times import WEEKDAYS

from .querysets import AvailabilityExceptionQuerySet, AvailabilityRuleQuerySet


class AvailabilityRule(models.Model):
    """Hours in which a therapist is there each week, as wall times in the clinic's zone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    therapist = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="availability_rules")
    weekday = models.PositiveSmallIntegerField(help_text="ISO: 1 is Monday, 7 is Sunday")
    opens = models.TimeField()
    closes = models.TimeField()
    valid = DateRangeField()

    objects = AvailabilityRuleQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="weekday_is_iso"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_they_open"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"

    @property
    def day_name(self) -> str:
        return WEEKDAYS[self.weekday - 1]

    @property
    def last_day(self) -> date | None:
        upper: date | None = self.valid.upper
        return upper - timedelta(days=1) if upper else None


class AvailabilityException(models.Model):
    """A day that differs: away (all day, or some hours), or there outside the rule. No therapist: the whole clinic."""

    class What(models.TextChoices):
        AWAY = "away", "Away"
        EXTRA = "extra", "There as well"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    therapist = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="availability_exceptions")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: away or extra")
    on = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    objects = AvailabilityExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")), name="exception_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(what="away") | Q(opens__isnull=False, closes__isnull=False, therapist__isnull=False),
                name="extra_hours_are_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
