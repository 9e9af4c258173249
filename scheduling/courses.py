"""A course: a promise of several dates, each integration meeting belonging to its session. Models of this app, kept apart."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person

from .kinds import AppointmentKind, Place


class CourseTemplate(models.Model):
    """What a course is made of: the clinic edits it. A course that is booked keeps what it was booked with."""

    slug = models.SlugField(primary_key=True, max_length=30, db_comment="content: its short name")
    name = models.CharField(max_length=60, db_comment="content: what it is called")
    words = models.CharField(max_length=300, blank=True, db_comment="content: what it is, for those who choose it")
    clients_may_propose = models.BooleanField(default=False)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class CourseStep(models.Model):
    """One kind of meeting of a course, some times in a row.

    Each lies `least` to `most` days after the meeting before it (of the first of all: after the day it is planned from),
    both `grows_by` days more with each repetition. `spaced`: where client and therapist have agreed on weeks between two
    meetings, those are the gap. `followed_by`: the kind that belongs to each, within three days after it.
    """

    template = models.ForeignKey(CourseTemplate, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(12)])
    least = models.PositiveSmallIntegerField("days, at least", default=0, validators=[MaxValueValidator(180)])
    most = models.PositiveSmallIntegerField("days, at most", default=14, validators=[MaxValueValidator(180)])
    grows_by = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(60)])
    spaced = models.BooleanField(default=False, help_text="Where a spacing in weeks is agreed on, it is kept here.")
    followed_by = models.ForeignKey(AppointmentKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="one_step_a_position"),
            models.CheckConstraint(condition=Q(times__gte=1, times__lte=12), name="step_happens_once_to_twelve_times"),
            models.CheckConstraint(condition=Q(least__lte=F("most"), most__lte=180), name="step_gap_is_a_span"),
        ]

    def __str__(self) -> str:
        return f"{self.times} × {self.kind_id}"


class Course(models.Model):
    """Dates that are proposed to somebody, or booked for them all at once. Proposed, they hold no time."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        BOOKED = "booked", "Booked"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="courses")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(CourseTemplate, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED, db_comment="plain: proposed or booked")
    from_day = models.DateField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    booked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    booked_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(state="proposed"), name="one_proposed_course_a_client"),
            models.CheckConstraint(condition=~Q(state="booked") | Q(booked_at__isnull=False), name="a_booked_course_says_when"),
        ]

    def __str__(self) -> str:
        return f"course {self.pk}"


class CourseDate(models.Model):
    """One date of a course. `follows` is the session that an integration meeting belongs to.

    `waived_by` and `waived_why`: who of the clinic said that it may lie later than three days after it, or not be at all.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="dates")
    position = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=Place, db_comment="plain: room, video or phone")
    start = models.DateTimeField()
    changed = models.BooleanField(default=False)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="followers")
    appointment = models.OneToOneField(
        "scheduling.Appointment", null=True, blank=True, on_delete=models.CASCADE, related_name="course_date"
    )
    waived_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waived_why = models.CharField(max_length=30, blank=True, db_comment="plain: one of a short list of reasons")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "position"], name="one_course_date_a_position"),
            models.CheckConstraint(
                condition=Q(waived_by=None, waived_why="") | Q(waived_by__isnull=False) & ~Q(waived_why=""),
                name="a_waiver_has_a_name_and_a_reason",
            ),
            models.CheckConstraint(condition=Q(waived_by=None) | Q(follows__isnull=False), name="what_follows_can_be_waived"),
        ]

    def __str__(self) -> str:
        return f"date {self.position} of {self.course_id}"
