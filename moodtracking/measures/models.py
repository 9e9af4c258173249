"""Measures of a client: which are asked of them, and each filling-in. What was answered is sealed, totals are plain."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.moments.turns import LONGEST
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField

from .definitions import version_of
from .instrument import Measure
from .querysets import AssignmentQuerySet, ResponseQuerySet

SLUG = "plain: slug of content/, as phq-9"


class Offering(models.Model):
    """What the clinic has decided about one measure: whether it may be used, and where its cut-point lies.

    No row: as its file says. One that is off by default is turned on by somebody who has confirmed that its use is allowed.
    """

    slug = models.SlugField(max_length=40, primary_key=True, db_comment=SLUG)
    is_on = models.BooleanField("may be used", default=False)
    cut_point = models.PositiveSmallIntegerField(null=True, blank=True)
    licence_confirmed = models.CharField(
        max_length=200, blank=True, db_comment="content: how its use was found to be allowed, in the clinic's words"
    )
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.slug


class Assignment(models.Model):
    """A measure that a therapist and a client fill in together over time. Ended, never deleted."""

    class Shows(models.TextChoices):
        NONE = "none", "Only that it is saved"
        WORDS = "words", "A sentence, and the number"
        BANDS = "bands", "A sentence, the number and the band"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assigned_measures")
    measure = models.SlugField(max_length=40, db_comment=SLUG)
    form = models.SlugField(max_length=20, db_comment="plain: which form of it, as monthly")
    schedule = models.SlugField(max_length=40, db_comment="plain: key of content/schedules.toml")
    threshold = models.PositiveSmallIntegerField(null=True, blank=True)
    shows = models.CharField(
        max_length=5, choices=Shows, default=Shows.WORDS, db_comment="plain: what the client reads at its end"
    )
    begins_on = models.DateField()
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "measure"], condition=Q(ended_at=None), name="a_measure_is_assigned_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="measure_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.schedule}"


class Response(models.Model):
    """One filling-in. Once closed the database refuses every change (migration 0001): a correction is a new one.

    `answers` holds values by item key; a skipped item has no key. `taps` keeps what was answered to the items that are
    noticed, with the times. `asked_on` is the day it was asked, `started_at` when it was opened, `closed_at` its end.
    """

    class State(models.TextChoices):
        OPEN = "open", "In progress"
        COMPLETED = "completed", "Filled in"
        STOPPED = "stopped", "Stopped"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="responses")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="responses")
    measure = models.SlugField(max_length=40, db_comment=SLUG)
    version = models.PositiveSmallIntegerField()
    form = models.SlugField(max_length=20, db_comment="plain: which form of it, as monthly")
    language = models.CharField(max_length=10, db_comment="plain: language of its words")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, db_comment="plain: open, completed or stopped")
    one_by_one = models.BooleanField(default=False)
    answers = SealedJSONField()
    taps = SealedJSONField()
    asked_on = models.DateField()
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, db_comment="plain: the client's zone as they answered")
    local_date = models.DateField(help_text="the client's day on which it was opened, and then that of its end")
    total = models.PositiveSmallIntegerField(null=True, blank=True)
    band = models.CharField(max_length=40, blank=True, db_comment="plain: name of the band in that version")
    answered = models.PositiveSmallIntegerField(default=0)
    prorated = models.BooleanField(default=False)
    threshold = models.PositiveSmallIntegerField(null=True, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections")
    key = models.UUIDField()
    turn = models.CharField(max_length=LONGEST, blank=True, default="", db_comment="plain: the tab that told it last, and when")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "measure"], condition=Q(state="open"), name="one_open_fill_a_measure"),
            models.UniqueConstraint(fields=["client", "key"], name="one_fill_a_key"),
            models.CheckConstraint(condition=Q(state="open") ^ Q(closed_at__isnull=False), name="closed_has_a_time"),
            models.CheckConstraint(condition=Q(state="completed") | Q(total=None, band=""), name="only_completed_has_a_total"),
            models.CheckConstraint(condition=~Q(total=None) | Q(band=""), name="no_band_without_a_total"),
        ]
        indexes = [models.Index(fields=["client", "measure", "-closed_at"], name="fills_newest")]

    def __str__(self) -> str:
        return f"{self.measure} {self.pk}"

    @property
    def definition(self) -> Measure:
        """As it was when it was opened, whatever is newest by now."""
        return version_of(self.measure, self.version)

    @property
    def title(self) -> str:
        return self.definition.title_of(self.form)

    @property
    def given(self) -> dict[str, int]:
        """Answers by item key."""
        return dict(self.answers or {})

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def at(self) -> datetime:
        return self.closed_at or self.started_at


class Brought(models.Model):
    """A result that its client wants to talk about when they meet: a mark beside it, since a closed one never changes."""

    response = models.OneToOneField(Response, primary_key=True, on_delete=models.CASCADE, related_name="brought")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "brought"

    def __str__(self) -> str:
        return f"brought {self.response_id}"
