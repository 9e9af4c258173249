"""What a client and their therapist agreed: one list that both see and either ticks off. Models of this app, kept apart."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

MOST = 12
LONGEST = 200


class AgreedLine(models.Model):
    """One line of the list, in the words of whoever wrote it down.

    `place` is 1 to 12 while it is open and empty otherwise: so the database never holds a thirteenth open one. One that a
    client writes within a day of a dosing session `waits`: nobody else reads it until they say so again, from `ask_at` on.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        RESTS = "rests", "Rests"
        WAITS = "waits", "Waits"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    session = models.ForeignKey("Appointment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = SealedTextField()
    state = models.CharField(max_length=10, choices=State, db_comment="plain: open, done, rests or waits")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()
    made_at = models.DateTimeField(db_default=Now())
    turned_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "place"], condition=Q(place__isnull=False), name="one_line_a_place"),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1, place__lte=MOST), name="twelve_open_lines_at_most"),
            models.CheckConstraint(
                condition=Q(state="open", place__isnull=False) | (Q(state__in=["done", "rests", "waits"]) & Q(place=None)),
                name="an_open_line_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(state="waits", ask_at__isnull=False) | (~Q(state="waits") & Q(ask_at=None)),
                name="a_waiting_line_is_asked_about",
            ),
            models.UniqueConstraint(fields=["client", "key"], name="one_line_a_key"),
        ]

    def __str__(self) -> str:
        return f"agreed line {self.pk}"


class AgreedChange(models.Model):
    """What became of a line, by whom and when: kept."""

    class What(models.TextChoices):
        ADDED = "added", "Written down"
        DONE = "done", "Ticked off"
        OPEN = "open", "Open again"
        RESTS = "rests", "Laid to rest"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    line = models.ForeignKey(AgreedLine, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: written down, ticked off, open again, laid to rest")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.what} {self.line_id}"
