"""When a therapist is busy elsewhere: calendars that Koru reads for them, and the spans found. Models of this app, kept apart.

Nothing but spans is kept: no titles, no places, no people.
"""

from datetime import timedelta

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

LONG = timedelta(days=1)  # so long unread, the desk hears of it


class BusyCalendar(models.Model):
    """A calendar elsewhere. Its address opens it to whoever has it, so it is sealed; the host is shown.

    While it can't be read, `failing_since` says since when, and the spans of the last reading hold.
    """

    class Why(models.TextChoices):
        UNREACHABLE = "unreachable", "its server doesn’t answer"
        REFUSED = "refused", "its server answers that there is nothing for this address"
        SLOW = "slow", "its server takes too long"
        TOO_BIG = "too big", "there is more in it than we read"
        ELSEWHERE = "elsewhere", "its address leads to a place that we don’t read from"
        NO_CALENDAR = "no calendar", "what is there is not a calendar"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    therapist = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="busy_calendars")
    address = SealedTextField(owner="therapist_id")
    address_hash = models.CharField(max_length=64, db_comment="plain: tells whether an address is there already")
    host = models.CharField(max_length=255, db_comment="plain: the server that it is read from")
    added_at = models.DateTimeField(db_default=Now())
    look_at = models.DateTimeField(db_default=Now(), db_index=True)
    good_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True, choices=Why, db_comment="plain: one of a short list of reasons")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["therapist", "address_hash"], name="a_calendar_is_read_once"),
            models.CheckConstraint(condition=Q(failing_since=None) ^ ~Q(why=""), name="failing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.therapist_id}"


class BusySpan(models.Model):
    """A stretch in which the therapist is busy elsewhere. All of a calendar's are replaced at each reading."""

    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="spans")
    during = DateTimeRangeField()

    class Meta:
        indexes = [GistIndex(fields=["during"], name="busy_elsewhere")]

    def __str__(self) -> str:
        return f"busy {self.pk}"
