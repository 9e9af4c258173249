"""Flags: something that a person has to look at, whose it is, and until when. Models of this app, kept apart."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField, SealedTextField

from .flag_querysets import FlagQuerySet
from .levels import Level


class Flag(models.Model):
    """One cause that is open for a client. It always has an owner and a time by which somebody looks.

    `answers` is what raised it and what it became: a list of {"at", "about", "facts"}, oldest first. `due_at` is counted
    from `counted_from`, anew when the level rises. The database refuses a second open one of the same cause, a state without
    what belongs to it, any change after closing (migration 0003), and an owner who doesn't work here (0007).
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACKNOWLEDGED = "acknowledged", "Seen"
        CLOSED = "closed", "Closed"

    class Outcome(models.TextChoices):
        REACHED = "reached", "Reached them"
        TRIED = "tried", "Tried to reach them"
        PLAN = "plan", "Went through the safety plan"
        PRESCRIBER = "prescriber", "Told the prescriber"
        REFERRED = "referred", "Referred to somebody else"
        NOTHING = "nothing", "No action needed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="flags")
    key = models.SlugField(max_length=30, db_comment="plain: which cause (content/flags.toml)")
    level = models.PositiveSmallIntegerField(choices=Level)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN, db_comment="plain: open, acknowledged or closed")
    raised_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    latest_at = models.DateTimeField()
    due_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    climbed = models.PositiveSmallIntegerField(default=0)
    about = models.UUIDField(null=True, blank=True)
    answers = SealedJSONField()
    call_words = SealedTextField(blank=True)
    call_asked_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome, db_comment="plain: what was done, by name")
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-level", "due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], condition=~Q(state="closed"), name="one_open_flag_a_cause"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="flag_has_a_level"),
            models.CheckConstraint(condition=Q(count__gte=1), name="flag_counts_from_one"),
            models.CheckConstraint(condition=Q(latest_at__gte=F("raised_at")), name="flag_latest_is_not_before_raised"),
            models.CheckConstraint(
                condition=Q(state="open", acknowledged_at=None, acknowledged_by=None, closed_at=None, closed_by=None, outcome="")
                | Q(state="acknowledged", acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                & Q(closed_at=None, closed_by=None, outcome="")
                | Q(state="closed", acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                & Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(outcome=""),
                name="flag_state_has_what_belongs_to_it",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("client"))
                & (Q(acknowledged_by=None) | ~Q(acknowledged_by=F("client")))
                & (Q(closed_by=None) | ~Q(closed_by=F("client"))),
                name="nobody_looks_at_their_own_flag",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-level", "due_at"], condition=~Q(state="closed"), name="open_flags_of_an_owner"),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="flags_nobody_has_seen"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED

    @property
    def is_urgent(self) -> bool:
        return self.level == Level.URGENT

    @property
    def history(self) -> list[dict[str, Any]]:
        """The answers that raised it and what they became, oldest first."""
        told: list[dict[str, Any]] = self.answers or []
        return told


class FlagStep(models.Model):
    """What happened to a flag, in order. Written once, never changed (migration 0003). No `by`: the clock did it."""

    class What(models.TextChoices):
        RAISED = "raised", "Came up"
        AGAIN = "again", "Came up again"
        CHANGED = "changed", "The answer was changed"
        HIGHER = "higher", "Became more pressing"
        SHOWN = "shown", "The page with help was opened for them"
        CARRIED_ON = "carried_on", "They said that they are safe, and carried on"
        HELP = "help", "They opened help"
        PLAN = "plan", "They opened their safety plan"
        CALL = "call", "They asked for a call"
        HANDED = "handed", "Went to somebody else"
        CLIMBED = "climbed", "Nobody had looked in time: more people were told"
        ACKNOWLEDGED = "acknowledged", "Seen"
        DONE = "done", "What was done"
        CLOSED = "closed", "Closed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="steps")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=12, choices=What, db_comment="plain: what happened")
    outcome = models.CharField(max_length=12, blank=True, choices=Flag.Outcome, db_comment="plain: what was done, by name")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = SealedTextField(blank=True)

    class Meta:
        ordering = ["at", "number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what__in=["acknowledged", "done", "closed"]) | Q(by__isnull=False), name="the_clock_closes_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.what
