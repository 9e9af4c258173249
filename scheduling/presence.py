"""Where each person of the clinic is: what keeps one of them from being in two places, in whichever part."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models

from koru.people.models import Person


class Presence(models.Model):
    """One row for the therapist of an appointment and one for its second person, while it holds time.

    The database alone writes it (migration 0011), from each change of an appointment, so that one exclusion constraint
    covers both parts: a therapist of one appointment can't be the second person of another at the same time.
    """

    appointment = models.ForeignKey("scheduling.Appointment", on_delete=models.DO_NOTHING, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    padded = DateTimeRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="person_is_in_one_place",
                expressions=[("person", RangeOperators.EQUAL), ("padded", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"presence {self.pk}"
