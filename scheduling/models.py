"""Time with people: rooms, kinds of appointment, the appointments, and when people are there."""

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.moments.spans import Span
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .absences import Absence, Affected
from .agreed import AgreedChange, AgreedLine
from .availability import AvailabilityException, AvailabilityRule, StaysAsItIs
from .busy import BusyCalendar, BusySpan
from .checklists import ChecklistItem, ChecklistTick
from .consultation_notes import RequestNote
from .consultation_requests import ConsultationRequest
from .courses import Course, CourseDate, CourseStep, CourseTemplate
from .feeds import CalendarFeed
from .kinds import AppointmentKind, Equipment, Place, Room, SecondPerson
from .presence import Presence
from .querysets import AppointmentQuerySet
from .routines import Routine, RoutineChange, RoutineChoice, RoutineMark, WeekWord
from .skills import Skill
from .sooner import SoonerOffer, SoonerWish
from .trusted import TrustedPerson
from .wall_told import WallTold

__all__ = [
    "Absence",
    "Affected",
    "AgreedChange",
    "AgreedLine",
    "Appointment",
    "AppointmentChange",
    "AppointmentKind",
    "AvailabilityException",
    "AvailabilityRule",
    "BusyCalendar",
    "BusySpan",
    "CalendarFeed",
    "ChecklistItem",
    "ChecklistTick",
    "ConsultationRequest",
    "Course",
    "CourseDate",
    "CourseStep",
    "CourseTemplate",
    "Equipment",
    "Place",
    "Presence",
    "RequestNote",
    "Room",
    "Routine",
    "RoutineChange",
    "RoutineChoice",
    "RoutineMark",
    "SecondPerson",
    "Skill",
    "SoonerOffer",
    "SoonerWish",
    "StaysAsItIs",
    "TrustedPerson",
    "WallTold",
    "WeekWord",
]


class Appointment(models.Model):
    """A booked stretch of time with somebody. The database keeps therapist, room and client from being in two places.

    `during` is what people see; `padded` is with the buffers of its kind, and is what must not overlap. `second_person` sits
    in beside the therapist; neither can be elsewhere in whichever part (presence.py).
    """

    class State(models.TextChoices):
        HELD = "held", "Held"
        BOOKED = "booked", "Booked"
        MET = "met", "Took place"
        MISSED = "missed", "Missed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT)
    client = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="appointments")
    request = models.ForeignKey(ConsultationRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="appointments")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours_with_people")
    second_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="sits_in_on")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")
    place = models.CharField(max_length=10, choices=Place, db_comment="plain: room, video or phone")
    during = DateTimeRangeField()
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    padded = DateTimeRangeField()
    state = models.CharField(max_length=10, choices=State, default=State.BOOKED, db_comment="plain: state")
    held_until = models.DateTimeField(null=True, blank=True)
    offered = models.BooleanField(default=False, db_default=False)
    revision = models.PositiveIntegerField(default=0)
    key = models.UUIDField(null=True, blank=True)
    booked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    booked_at = models.DateTimeField(db_default=Now())
    arrived_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    way_home = SealedTextField(owner="client_id", blank=True)
    way_home_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False) | Q(request__isnull=False), name="appointment_is_with_somebody"
            ),
            models.CheckConstraint(condition=~Q(place="room") | Q(room__isnull=False), name="in_a_room_has_a_room"),
            models.CheckConstraint(condition=~Q(state="held") | Q(held_until__isnull=False), name="a_hold_has_an_end"),
            models.CheckConstraint(
                condition=~Q(state="held")
                | Q(offered=False, booked_by__isnull=False, held_until__lte=F("booked_at") + timedelta(minutes=20))
                | Q(offered=True, booked_by=None, held_until__lte=F("booked_at") + timedelta(hours=24)),
                name="a_hold_is_somebodys_and_short",
            ),
            models.UniqueConstraint(fields=["booked_by"], condition=Q(state="held"), name="one_hold_a_person"),
            models.CheckConstraint(condition=~Q(second_person=F("therapist")), name="second_person_is_another"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")), name="ends_after_start"),
            models.UniqueConstraint(
                fields=["booked_by", "key"], condition=Q(key__isnull=False), nulls_distinct=False, name="one_booking_a_key"
            ),
            *(
                ExclusionConstraint(
                    name=f"{who}_is_in_one_place",
                    expressions=[(who, RangeOperators.EQUAL), ("padded", RangeOperators.OVERLAPS)],
                    condition=Q(state__in=["held", "booked"]),
                )
                for who in ("therapist", "room", "client")
            ),
        ]
        indexes = [
            GistIndex(fields=["during"], name="appointment_during"),
            models.Index(fields=["client", "kind"], name="appointment_by_client"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def span(self) -> Span:
        return Span.of_range(self.during)

    @property
    def starts(self) -> datetime:
        return self.span.start

    @property
    def begins(self) -> datetime:
        """When it really began; until that was tapped, when it is booked to."""
        return self.started_at or self.starts

    @property
    def ends(self) -> datetime:
        return self.span.end


class BookingWish(models.Model):
    """A wish to book, made within a day of a dosing session: asked again at `ask_at`. No time is held for it."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="booking_wish")
    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE)
    therapist = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=10, choices=Place, db_comment="plain: room, video or phone")
    made_at = models.DateTimeField(db_default=Now())
    ask_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "booking wishes"

    def __str__(self) -> str:
        return f"booking wish of {self.client_id}"


class AppointmentChange(models.Model):
    """What was done with an appointment, kept.

    `was` and `became` are starts that people were told; for arrived, started and ended the real times, before and after.
    """

    class What(models.TextChoices):
        BOOKED = "booked", "Booked"
        MOVED = "moved", "Moved"
        HANDED = "handed", "Given to another therapist"
        SITS_IN = "sits_in", "Who sits in was changed"
        CANCELLED = "cancelled", "Cancelled"
        ARRIVED = "arrived", "Arrived"
        STARTED = "started", "Started"
        ENDED = "ended", "Ended"
        MISSED = "missed", "Missed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: what was done")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    was = models.DateTimeField(null=True, blank=True)
    became = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=30, blank=True, db_comment="plain: one of a short list of reasons")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.what} {self.appointment_id}"
