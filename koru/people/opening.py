"""When the clinic is open: weekly hours and closed days, in the clinic's zone. Models of this app, kept apart."""

from django.db import models
from django.db.models import F, Q

from koru.moments.ids import new_id


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
    """A day on which nobody at the clinic answers, such as a holiday."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic = models.ForeignKey("people.Clinic", on_delete=models.CASCADE, related_name="closed_days")
    on = models.DateField()
    name = models.CharField(max_length=60, blank=True, db_comment="content: what the day is called")

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["clinic", "on"], name="a_day_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.name}".strip()
