"""Somebody who can't be there, and the guide through the people they were to meet. Models of this app, kept apart."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person


class Absence(models.Model):
    """From a day to a day; with `opens`, on the first from that hour on. Wall time in the clinic's zone.

    Their time is closed by the same deed that makes this row (`scheduling.absent`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    opens = models.TimeField("from an hour on", null=True, blank=True)
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(db_default=Now())
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["first", "begun_at"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="an_absence_ends_after_it_begins"),
            models.UniqueConstraint(fields=["person", "first"], condition=Q(back_at=None), name="one_open_absence_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class Affected(models.Model):
    """One appointment of somebody who can't be there, as it was when the guide began: nobody is dropped from it.

    What has become of it is read from the appointment itself; only that somebody called is kept here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="affected")
    appointment = models.ForeignKey("scheduling.Appointment", on_delete=models.CASCADE, related_name="+")
    starts = models.DateTimeField()
    called_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "affected"
        ordering = ["starts", "id"]
        constraints = [models.UniqueConstraint(fields=["absence", "appointment"], name="affected_once_an_absence")]

    def __str__(self) -> str:
        return f"affected {self.pk}"
