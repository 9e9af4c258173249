"""Something sooner: who waits for it, and which freed time is offered to whom. Models of this app, kept apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person

from .consultation_requests import ConsultationRequest
from .kinds import AppointmentKind, Place


class Part(models.TextChoices):
    """Of a day, by the wall clock: until noon, until five, after that."""

    MORNING = "morning", "In the morning"
    AFTERNOON = "afternoon", "In the afternoon"
    EVENING = "evening", "In the evening"


class SoonerWish(models.Model):
    """A place in line. `about` is the later appointment it would move; without one a new one is booked.

    Empty lists and days are "any". `notice_hours`: how long before a time they want to know of it, at least.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="sooner_wishes")
    request = models.ForeignKey(ConsultationRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey(
        "scheduling.Appointment", null=True, blank=True, on_delete=models.CASCADE, related_name="sooner_wishes"
    )
    therapist = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=10, choices=Place, db_comment="plain: room, video or phone")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    parts = ArrayField(
        models.CharField(max_length=10, choices=Part), default=list, blank=True, db_comment="plain: morning, afternoon, evening"
    )
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    notice_hours = models.PositiveSmallIntegerField(default=24)
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "sooner wishes"
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(client=None) ^ Q(request=None), name="somebody_waits"),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")), name="waits_from_until"
            ),
            models.UniqueConstraint(
                fields=["client", "request", "kind"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_place_in_line_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"sooner wish {self.pk}"

    @property
    def zone(self) -> str:
        """Of the one who waits."""
        return self.client.zone if self.client else self.request.zone if self.request else ""

    @property
    def name(self) -> str:
        return self.client.display_name if self.client else self.request.name if self.request else ""


class SoonerOffer(models.Model):
    """One freed time, offered to one who waits, and held for them until `until`. `by`: who of the desk offered it by hand."""

    class Answer(models.TextChoices):
        NONE = "", "Not answered"
        ACCEPTED = "accepted", "Accepted"
        PASSED = "passed", "Passed on"
        EXPIRED = "expired", "Not answered in time"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wish = models.ForeignKey(SoonerWish, on_delete=models.CASCADE, related_name="offers")
    held = models.OneToOneField(
        "scheduling.Appointment", null=True, blank=True, on_delete=models.SET_NULL, related_name="sooner_offer"
    )
    became = models.ForeignKey("scheduling.Appointment", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    therapist = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    start = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True, db_comment="plain: accepted, passed or expired")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wish"], condition=Q(answer=""), name="one_offer_at_a_time"),
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="an_offer_lasts"),
            models.CheckConstraint(condition=Q(start__gt=F("until")), name="an_offer_ends_before_its_time"),
        ]

    def __str__(self) -> str:
        return f"sooner offer {self.pk}"
