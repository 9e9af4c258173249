"""When therapists are there and rooms open: weekly hours in the clinic's zone, and days that differ. Models, kept apart.

Days on which the whole clinic is closed are `koru.people.opening.ClosedDay`.
"""

from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.ui.times import WEEKDAYS

from .kinds import Room
from .querysets import AvailabilityExceptionQuerySet, AvailabilityRuleQuerySet

ONE_OF_BOTH = Q(therapist__isnull=False, room=None) | Q(therapist=None, room__isnull=False)


def whose_of(row: "AvailabilityRule | AvailabilityException") -> Person | Room:
    """The therapist or room whose hours these are; the database holds that it is one of them."""
    found = row.therapist or row.room
    if found is None:
        raise ValueError("hours are of one person or room")
    return found


class AvailabilityRule(models.Model):
    """Hours in which a therapist is there, or a room open, each week: wall times in the clinic's zone.

    A room is always open on days for which it has no rule at all.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    therapist = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="availability_rules")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="availability_rules")
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
            models.CheckConstraint(condition=ONE_OF_BOTH, name="hours_are_of_one_person_or_room"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"

    @property
    def whose(self) -> Person | Room:
        return whose_of(self)

    @property
    def day_name(self) -> str:
        return WEEKDAYS[self.weekday - 1]

    @property
    def last_day(self) -> date | None:
        upper: date | None = self.valid.upper
        return upper - timedelta(days=1) if upper else None


class AvailabilityException(models.Model):
    """A day that differs: away or closed (all day, from an hour on, or some hours), or there outside the rule."""

    class What(models.TextChoices):
        AWAY = "away", "Away"
        EXTRA = "extra", "There as well"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    therapist = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="availability_exceptions")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="availability_exceptions")
    absence = models.ForeignKey("scheduling.Absence", null=True, blank=True, on_delete=models.SET_NULL, related_name="days")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: away or extra")
    on = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)

    objects = AvailabilityExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes=None) | Q(opens__isnull=False, closes__gt=F("opens")), name="exception_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(what="away") | Q(opens__isnull=False, closes__isnull=False), name="extra_hours_are_named"
            ),
            models.CheckConstraint(condition=ONE_OF_BOTH, name="a_different_day_is_of_one_person_or_room"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"

    @property
    def whose(self) -> Person | Room:
        return whose_of(self)


class StaysAsItIs(models.Model):
    """Somebody decided that an appointment outside the hours stays. `mark`: how it lay then (sql/outside.sql)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appointment = models.ForeignKey("scheduling.Appointment", on_delete=models.CASCADE, related_name="kept_as_it_is")
    mark = models.CharField(max_length=32, db_comment="plain: digest of how it lies in the hours")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "appointments that stay as they are"
        constraints = [models.UniqueConstraint(fields=["appointment", "mark"], name="stays_as_it_is_once")]

    def __str__(self) -> str:
        return f"{self.appointment_id} stays"
