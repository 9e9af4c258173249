"""Check-ins, and what a client and their therapist follow together: symptoms, and questions in words of their own."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.moments.turns import LONGEST
from koru.people.models import Person
from koru.sealing.fields import SealedTextField
from scheduling.models import Appointment

from .querysets import CheckInQuerySet, OwnItemQuerySet, PickedSymptomQuerySet

ROUGH_AT = -2
EDITABLE_FOR = timedelta(hours=24)


class CheckIn(models.Model):
    """One short self-report. A skipped question is an absent key of `answers`, never 0.

    `at` is the moment it is about, `recorded_at` the tap; `zone` and `local_date` stay as they were written, wherever
    the client travels. The database refuses answers off their scale (migration 0002).
    `held_at`: the client would rather raise it themselves; `raised_at`: they did, and it stays theirs.
    """

    class Kind(models.TextChoices):
        DAILY = "daily", "Check-in"
        SIDE_EFFECT = "side_effect", "After a session"

    class Share(models.TextChoices):
        ONLY_ME = "only_me", "Only me"
        MY_THERAPIST = "my_therapist", "My therapist"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_ins")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DAILY, db_comment="plain: daily or after a session")
    about_appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    zone = models.CharField(max_length=64, db_comment="plain: the client's zone as they answered")
    local_date = models.DateField()
    answers = models.JSONField(default=dict, db_comment="plain: small numbers by key, so that trends are one query")
    tags = ArrayField(
        models.CharField(max_length=30, db_comment="plain: slugs of content/tags.toml"),
        default=list,
        blank=True,
        db_comment="plain: slugs of content/tags.toml",
    )
    still_there = ArrayField(
        models.CharField(max_length=40, db_comment="plain: keys of side effects"),
        default=list,
        blank=True,
        db_comment="plain: keys of side effects that haven't gone",
    )
    own_tags = SealedTextField(blank=True)
    note = SealedTextField(blank=True)
    note_share = models.CharField(max_length=12, choices=Share, default=Share.ONLY_ME, db_comment="plain: who may read the note")
    item_set_version = models.CharField(max_length=20, db_comment="plain: version of the questions asked")
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()
    turn = models.CharField(max_length=LONGEST, blank=True, default="", db_comment="plain: the tab that told it last, and when")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_check_in_a_key"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at") + timedelta(minutes=5)), name="check_in_is_not_ahead"),
            models.CheckConstraint(condition=Q(held_at=None) | Q(kind="daily"), name="held_are_daily_check_ins"),
            models.CheckConstraint(condition=Q(raised_at=None) | Q(held_at__isnull=False), name="raised_are_held_check_ins"),
        ]
        indexes = [
            models.Index(fields=["client", "-at"], condition=Q(deleted_at=None), name="check_in_by_client_newest"),
            models.Index(fields=["client"], condition=Q(held_at__isnull=False), name="check_ins_held_back"),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def own_words(self) -> list[str]:
        """The client's own words for what was around, one a line in `own_tags`."""
        return str(self.own_tags).splitlines()

    @property
    def is_rough(self) -> bool:
        """A mood at which a line to write and help are offered."""
        return bool(self.answers.get("mood", 0) <= ROUGH_AT)

    def may_change(self, now: datetime) -> bool:
        """Later changes would bend trends; a note can be added at any time."""
        return now < self.recorded_at + EDITABLE_FOR


class PickedSymptom(models.Model):
    """A symptom followed for a while: picked together, retired by either, never deleted. At most four at once.

    `place` is one of four: the unique constraint over the live ones is what keeps a fifth out.
    """

    PLACES = 4

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="picked_symptoms")
    slug = models.CharField(max_length=30, db_comment="plain: slug of content/symptoms.toml")
    place = models.PositiveSmallIntegerField()
    picked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    picked_at = models.DateTimeField(db_default=Now())
    retired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PickedSymptomQuerySet.as_manager()

    class Meta:
        ordering = ["picked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=4), name="four_symptoms_at_once"),
            models.UniqueConstraint(fields=["client", "place"], condition=Q(retired_at=None), name="one_symptom_a_place"),
            models.UniqueConstraint(fields=["client", "slug"], condition=Q(retired_at=None), name="a_symptom_is_picked_once"),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="retired_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def item_key(self) -> str:
        return f"symptom:{self.slug}"


class OwnItem(models.Model):
    """A question in the words of one client and their therapist: proposed by one, asked once the other agrees.

    Retired by either, never deleted, its words never changed: answers stand under `item_key` for good. `place` is one of
    five, taken from the proposal on: the unique constraint over those that aren't retired keeps a sixth out.
    """

    PLACES = 5

    class Scale(models.TextChoices):
        AMOUNT = "amount", "How much: not there, a little, some, a lot, as strong as it gets"
        YES_NO = "yes_no", "Yes or no"
        COUNT = "count", "How many times"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="own_items")
    words = SealedTextField()
    scale = models.CharField(max_length=8, choices=Scale, db_comment="plain: kind of its scale")
    place = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = OwnItemQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=5), name="five_own_items_at_once"),
            models.CheckConstraint(condition=Q(scale__in=["amount", "yes_no", "count"]), name="own_item_scale_is_known"),
            models.UniqueConstraint(fields=["client", "place"], condition=Q(retired_at=None), name="one_own_item_a_place"),
            models.UniqueConstraint(fields=["client", "key"], name="one_own_item_a_form"),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(Q(proposed_by=F("client")) ^ Q(agreed_by=F("client")), agreed_at__isnull=False, agreed_by__isnull=False),
                name="own_item_is_agreed_by_the_other",
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="own_item_is_retired_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"own item {self.pk}"

    @property
    def item_key(self) -> str:
        return f"own:{self.pk}"

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def is_clients(self) -> bool:
        """Whether the client proposed it: then the therapist agrees."""
        return self.proposed_by_id == self.client_id


class SetAside(models.Model):
    """A question about what went together that its reader doesn't want to meet again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=16, db_comment="plain: a keyed hash of the two things, no words")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "questions set aside"
        constraints = [models.UniqueConstraint(fields=["client", "code"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"set aside {self.pk}"
