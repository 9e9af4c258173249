"""When the clinic is open: weekly hours and closed days, in the clinic's zone. Models of this app, kept apart."""

from django.db import models
from django.db.models import F, Q

from koru.moments.ids import new_id


class FirstDay(models.IntegerChoices):
    """The first day of a week as it is shown. What is kept is always ISO: 1 is Monday."""

    MONDAY = 1, "Monday"
    SUNDAY = 7, "Sunday"


class OpeningHours(models.Model):
    """Hours of one weekday. A day may have several, such as before and after lunch."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, "Monday"
        TUESDAY = 2, "Tuesday"
        WEDNESDAY = 3, "Wednesday"
        THURSDAY = 4, "Thursday"
        FRIDAY = 5, "Friday"
        SATURDAY = 6, "Saturday"
        SUNDAY = 7, "Sunday"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "opening hours"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="opening_weekday_is_iso"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="clinic_closes_after_it_opens",
                violation_error_message="It closes after it opens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ClosedDay(models.Model):
    """A day on which the clinic is closed, such as a holiday: nobody answers and nothing is offered. The one place for it.

    Without hours it is all day; with `shut_from` alone from then on. Wall times in the clinic's zone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="closed_days")
    on = models.DateField()
    name = models.CharField(max_length=60, blank=True, db_comment="content: what the day is called")
    shut_from = models.TimeField("closed from", null=True, blank=True)
    shut_until = models.TimeField("until", null=True, blank=True)

    class Meta:
        ordering = ["on", "shut_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "on", "shut_from", "shut_until"], nulls_distinct=False, name="a_day_is_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(shut_until=None) | Q(shut_from__isnull=False, shut_until__gt=F("shut_from")),
                name="a_closing_ends_after_it_begins",
                violation_error_message="Give a start before the end.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}".strip()

    @property
    def is_whole(self) -> bool:
        return self.shut_from is None
