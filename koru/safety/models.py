"""What a clinic sets for Help now itself."""

from django.db import models

from koru.moments.ids import new_id

from .flags import Flag, FlagStep
from .keeping import KeepingChoice, KeepingLine, SignSeen
from .lines import Line
from .plans import PlanDraft, PlanVersion, SafetyPlan
from .quiet_hellos import QuietChoice, QuietHello

__all__ = [
    "Flag", "FlagStep", "HelpLine", "KeepingChoice", "KeepingLine", "PlanDraft", "PlanVersion", "QuietChoice", "QuietHello",
    "SafetyPlan", "SignSeen",
]  # fmt: skip


class HelpLine(models.Model):
    """A line the clinic names. As soon as a region has one, they stand there instead of the file's."""

    class Kind(models.TextChoices):
        CRISIS = "crisis", "To talk to somebody"
        EMERGENCY = "emergency", "Danger right now"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.CharField(max_length=8, db_comment="content: region it is for")
    kind = models.CharField(max_length=10, choices=Kind, db_comment="content: crisis or emergency")
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80, db_comment="content: the line's name")
    call = models.CharField(max_length=30, blank=True, db_comment="content: number to call")
    sms = models.CharField(max_length=30, blank=True, db_comment="content: number to text")
    sms_text = models.CharField(max_length=30, blank=True, db_comment="content: first word to text")
    chat_url = models.URLField(max_length=200, blank=True, db_comment="content: where to chat")
    hours = models.CharField(max_length=80, blank=True, db_comment="content: when somebody answers")
    note = models.CharField(max_length=200, blank=True, db_comment="content: what to press or to say")
    checked_on = models.DateField(help_text="When somebody last called it or looked it up")

    class Meta:
        ordering = ["region", "order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(call="", sms="", chat_url=""),
                name="help_line_can_be_reached",
                violation_error_message="Give a number to call, one to text, or a page to chat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.name}"

    @property
    def line(self) -> Line:
        """The line as the page shows it, like those of the file."""
        return Line(
            region=self.region,
            kind=self.kind,
            name=self.name,
            hours=self.hours,
            languages=("en",),
            checked_on=self.checked_on,
            confirmed=True,
            call=self.call,
            sms=self.sms,
            sms_text=self.sms_text,
            chat_url=self.chat_url,
            note=self.note,
        )
