"""The outbox: letters on their way, and how each person likes to be written to."""

from datetime import time
from typing import Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .devices import Device
from .fewer import FewerNotes
from .text_numbers import CodeAsked, SignedWord, Texted, TextNumber

__all__ = [
    "AskingPause",
    "CodeAsked",
    "Device",
    "FewerNotes",
    "Hush",
    "Letter",
    "OptOut",
    "Preferences",
    "SignedWord",
    "TextNumber",
    "Texted",
    "Tick",
    "stem_of",
]  # fmt: skip

NOT_ARRIVED = Q(Q(failed_at__isnull=False) | Q(bounced_at__isnull=False), put_aside_at=None)


class OutboxQuerySet(models.QuerySet["Letter"]):
    def not_arrived(self) -> Self:
        """Given up, refused for good or come back, and nobody has put them aside yet."""
        return self.filter(NOT_ARRIVED)

    def waiting(self) -> Self:
        """On their way: not sent, withdrawn or given up."""
        return self.filter(sent_at=None, withdrawn_at=None, failed_at=None)


def stem_of(dedupe_key: str) -> str:
    """The key without its last part, the channel."""
    return dedupe_key.rsplit(":", 1)[0]


class Letter(models.Model):
    """A reminder on its way: the row is the queue. Planned, re-planned and withdrawn in the transaction of its deed.

    `context` holds times, places and paths for the words of `kinds`, never anything clinical; what opens a link is `token`,
    sealed. The words themselves are made when it is sent and not kept. `asked`: it answers what the reader has just done,
    so it doesn't wait for the morning. `put_off`: its reader said "not now" and chose this time. `read_at`: taken note of
    in the inbox. `mail_id`: the letter whose mail it went in, when several went together. `failed_at`: it was given up;
    `bounced_at`: its address was refused for good, at once or by a notice later.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.SlugField(max_length=40, db_comment="plain: which letter (content/letters.toml)")
    channel = models.CharField(max_length=10, default="mail", db_comment="plain: mail, inbox, push or text")
    to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    address = models.EmailField(max_length=254, blank=True, db_comment="plain: a visitor's address, who has no account")
    zone = models.CharField(max_length=64, db_comment="plain: zone of the recipient's wall clock")
    about = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField(default=0)
    context = models.JSONField(default=dict, db_comment="plain: times, places and paths, never words of a client")
    token = SealedTextField(owner="about", blank=True)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    asked = models.BooleanField(default=False)
    put_off = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=200, unique=True, db_comment="plain: kind, ids, revision, offset, channel")
    made_at = models.DateTimeField(db_default=Now())
    try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=40, blank=True, db_comment="plain: cancelled, moved, too late, opted out")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, db_comment="plain: what the mail server answered, no address")
    read_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    put_aside_at = models.DateTimeField(null=True, blank=True)
    mail_id = models.UUIDField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["to", "due_at"], name="letters_of_a_reader"),
            models.Index(fields=["due_at"], name="letters_by_due"),
            models.Index(fields=["due_at"], condition=NOT_ARRIVED, name="letters_not_arrived"),
            models.Index(fields=["mail_id"], condition=Q(mail_id__isnull=False), name="letters_that_went_together"),
            models.Index(
                fields=["channel", "try_at"],
                condition=Q(sent_at=None, withdrawn_at=None, failed_at=None),
                name="letters_to_send_by_channel",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(to=None, address=""), name="letter_has_a_recipient"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(handed_at__isnull=False), name="sent_after_handed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def stem(self) -> str:
        """What makes it the same letter, by whichever channel: a note by mail and push is two rows of one stem."""
        return stem_of(self.dedupe_key)

    @property
    def clock(self) -> ZoneInfo:
        """The zone of the reader's wall clock now: where a person has said to be since, or a visitor was."""
        return ZoneInfo(self.to.zone if self.to else self.zone)


class Preferences(models.Model):
    """How one person likes to be written to. No row: the defaults. `fewer_from`: until then fewer notes aren't mentioned."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="preferences")
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    paused_until = models.DateTimeField(null=True, blank=True)
    check_in_at = models.TimeField(null=True, blank=True)
    check_in_apart = models.PositiveSmallIntegerField(default=2)
    thinned_since = models.DateTimeField(null=True, blank=True)
    fewer_from = models.DateTimeField(null=True, blank=True)
    check_in_answered_at = models.DateTimeField(null=True, blank=True)
    check_in_rests_since = models.DateTimeField(null=True, blank=True)
    prompt_at = models.TimeField(default=time(10))
    ways = models.JSONField(default=dict, db_comment="plain: channels that were chosen, by kind of letter")

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [models.CheckConstraint(condition=Q(check_in_apart__range=(2, 14)), name="notes_lie_days_apart")]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"


class OptOut(models.Model):
    """One kind of letter that somebody doesn't want. A visitor is known by address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="opt_outs")
    address = models.EmailField(max_length=254, blank=True, db_comment="plain: a visitor's address")
    kind = models.SlugField(max_length=40, db_comment="plain: which letter")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "address", "kind"], nulls_distinct=False, name="one_opt_out_a_kind"),
        ]

    def __str__(self) -> str:
        return f"no {self.kind}"


class Hush(models.Model):
    """A stretch in which nothing is sent to somebody but what clinical.md allows: the quiet day of a dosing session."""

    about = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        verbose_name_plural = "hushes"

    def __str__(self) -> str:
        return f"hush {self.about}"


class AskingPause(models.Model):
    """While it is there, no letter that asks something of this person goes out; appointments still do."""

    about = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"pause {self.about}"


class Tick(models.Model):
    """When the clock last struck: one row, read by /readyz."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_tick")]

    def __str__(self) -> str:
        return f"tick {self.at}"
