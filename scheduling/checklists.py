"""What to have ready for a session, as the clinic writes it, and what a client has ticked off. Models of this app, kept apart."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person

from .kinds import AppointmentKind


class ChecklistItem(models.Model):
    """One line of a session's checklist, or a rule to read. The clinic writes it; words in [brackets] wait to be filled in."""

    class Shown(models.TextChoices):
        WEEK = "week", "In the week before"
        BEFORE = "before", "The day before"
        DAY = "day", "On the day"
        AFTER = "after", "Afterwards"

    class About(models.TextChoices):
        NOTHING = "", "A thing of the client's own"
        ESCORT = "escort", "The way home"
        FASTING = "fasting", "The rule about food and drink"
        QUESTIONS = "questions", "Questions to bring"
        NOTE = "note", "To read; nothing to tick"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE, related_name="checklist")
    shown = models.CharField(max_length=10, choices=Shown, db_comment="plain: from when on it is shown")
    about = models.CharField(max_length=10, choices=About, blank=True, db_comment="plain: what the clinic is told of it")
    words = models.CharField(max_length=120, db_comment="content: the line itself")
    rule = models.CharField(max_length=300, blank=True, db_comment="content: what the clinic asks, in its words")
    place = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField("in use", default=True)
    approved_by = models.CharField(max_length=120, blank=True, db_comment="content: name and role of who approved it")
    approved_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by="", approved_on=None) | (~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="approved_by_somebody_on_a_day",
                violation_error_message="Say who approved it and on which day, or neither.",
            ),
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(about__in=["escort", "fasting"], is_open=True),
                name="one_line_a_kind_tells_the_clinic",
                violation_error_message="There is such a line for this kind already.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def asks(self) -> str:
        """The rule, once every bracket in it is filled: an unfilled number is not told to anybody."""
        return "" if "[" in self.rule else self.rule

    @property
    def is_told(self) -> bool:
        """Whether the clinic learns of its tick."""
        return self.about in (self.About.ESCORT, self.About.FASTING)


class ChecklistTick(models.Model):
    """A client's own tick, for one session. Nobody else sees it but those that the clinic is told (`is_told`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey("scheduling.Appointment", on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "item"], name="one_tick_a_line")]

    def __str__(self) -> str:
        return f"tick {self.pk}"
