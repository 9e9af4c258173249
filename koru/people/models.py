"""Who there is: the clinic, its people, and what stands between them."""

from datetime import time
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from koru.moments.ids import new_id
from koru.moments.zones import real_zone
from koru.sealing.fields import SealedTextField

from .breaking_glass import BrokenGlass
from .covering import Cover
from .endings import Ending, EndingStep, Farewell
from .opening import ClosedDay, FirstDay, OpeningHours
from .papers import Clearance, Consent
from .querysets import AllianceQuerySet, InvitationQuerySet, PersonManager
from .spacings import SoonerAsk, Spacing
from .stages import Stage

__all__ = [
    "Alliance", "BrokenGlass", "Clearance", "Clinic", "ClosedDay", "Consent", "Cover", "EmergencyContact", "Ending", "EndingStep",
    "Farewell", "Invitation", "OpeningHours", "Person", "Role", "SoonerAsk", "Spacing", "Stage",
]  # fmt: skip


class Role(models.TextChoices):
    CLIENT = "client", "client"
    THERAPIST = "therapist", "therapist"
    STAFF = "staff", "staff"
    ADMIN = "admin", "admin"


class Clinic(models.Model):
    """The business, one row. Words in square brackets still have to be filled before it can go live."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, db_comment="content: the clinic's name")
    zone = models.CharField(
        max_length=64,
        default="America/New_York",
        validators=[real_zone],
        db_comment="content: IANA zone of the clinic's rules",
    )
    phone = models.CharField(max_length=40, blank=True, db_comment="content: the clinic's own number")
    hours = models.CharField(max_length=200, blank=True, db_comment="content: when the phone is answered, in words")
    address = models.CharField(max_length=300, blank=True, db_comment="content: where the rooms are")
    video_link = models.CharField(max_length=300, blank=True, db_comment="content: where video meetings take place")
    region = models.CharField(max_length=8, default="US", db_comment="content: region of the crisis lines")
    sender_name = models.CharField(max_length=60, default="Koru", db_comment="content: neutral sender of letters")
    cost_words = models.TextField(blank=True, db_comment="content: what it costs, public page")
    not_for_words = models.TextField(blank=True, db_comment="content: who it may not be for, public page")
    week_starts = models.PositiveSmallIntegerField(
        choices=FirstDay, default=FirstDay.MONDAY, help_text="Which day comes first where a week is shown."
    )
    on_call = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"role": "therapist", "is_active": True},
        help_text="Who is told at any hour when somebody asks for help. Empty: nobody, and the words below say so.",
    )
    no_cover_words = models.CharField(
        max_length=300,
        blank=True,
        db_comment="content: what clients read about the hours in which nobody looks",
        help_text="Needed when nobody is told at night: what clients read about nights and days off.",
    )
    next_on_call = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"role": "therapist", "is_active": True},
        help_text="Told too, once nobody has looked in time. Then the clinical leads, then a banner for admins.",
    )
    on_call_is_quiet = models.BooleanField(
        "quiet hours hold for who is on call too",
        default=False,
        help_text="Then nobody is told at night, and what is urgent waits for the clinic’s open hours.",
    )
    urgent_minutes = models.PositiveSmallIntegerField(
        "minutes for what is urgent",
        default=60,
        help_text="How long who has to look may take. Then more people are told, and again at twice and four times.",
    )
    prompt_minutes = models.PositiveSmallIntegerField(
        "minutes for what is prompt", default=240, help_text="Of the clinic’s open hours, until the clinical leads are told."
    )
    erase_after_days = models.PositiveSmallIntegerField(
        "days before erasing", default=14, help_text="How long a client can change their mind once they asked to be erased."
    )
    kept_by_law_words = models.TextField(
        blank=True,
        db_comment="content: what the clinic keeps by law, as clients read it before they ask to be erased",
        help_text="What the clinic keeps by law outside Koru, where and for how long. Clients read it first.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erase_after_days__range=(1, 60)),
                name="erasing_waits_some_days",
                violation_error_message="Between 1 and 60 days.",
            ),
            models.CheckConstraint(condition=Q(week_starts__in=FirstDay.values), name="a_week_starts_on_a_day"),
            models.CheckConstraint(
                condition=Q(next_on_call=None) | Q(on_call=None) | ~Q(next_on_call=models.F("on_call")),
                name="next_on_call_is_another",
                violation_error_message="Choose somebody else than who is on call.",
            ),
            models.CheckConstraint(
                condition=Q(urgent_minutes__range=(5, 240), prompt_minutes__range=(15, 960))
                & Q(prompt_minutes__gte=models.F("urgent_minutes")),
                name="somebody_looks_within_hours",
                violation_error_message="Urgent: 5 to 240 minutes. Prompt: 15 to 960, and not sooner than urgent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_covered(self) -> bool:
        """Whether somebody is told of what is urgent at any hour."""
        return bool(self.on_call_id or self.next_on_call_id) and not self.on_call_is_quiet


class Person(AbstractBaseUser, PermissionsMixin):
    """Anyone with an account. Signs in by mail address; never registers without an invitation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True, db_comment="plain: to sign in")
    display_name = models.CharField(max_length=80, db_comment="plain: the name to call them by")
    role = models.CharField(max_length=10, choices=Role, default=Role.CLIENT, db_comment="plain: role")
    zone = models.CharField(max_length=64, default="America/New_York", db_comment="plain: IANA zone of their days")
    region = models.CharField(max_length=8, default="US", db_comment="plain: region of their crisis lines")
    day_starts = models.TimeField(default=time(4))
    neutral_phrase = models.CharField(max_length=40, blank=True, db_comment="plain: their own word for an appointment")
    phone = SealedTextField(owner="id", blank=True)
    is_active = models.BooleanField(default=True)
    is_lead = models.BooleanField("clinical lead", default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
            models.CheckConstraint(condition=~Q(role=Role.CLIENT, is_superuser=True), name="no_client_is_superuser"),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(role=Role.THERAPIST),
                name="a_lead_is_a_therapist",
                violation_error_message="A clinical lead is a therapist.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        """Django's word for "may open /admin/"."""
        return self.role == Role.ADMIN

    @property
    def is_client(self) -> bool:
        return self.role == Role.CLIENT

    @property
    def is_therapist(self) -> bool:
        return self.role == Role.THERAPIST

    @property
    def is_desk(self) -> bool:
        return self.role == Role.STAFF


class Alliance(models.Model):
    """The working relation of a client and a therapist: what opens a record, and for how long.

    `ended_as` says how it ended: by a goodbye, which the database lets be only once each of its steps is done or declined,
    or without one, and why.
    """

    class EndedAs(models.TextChoices):
        GOODBYE = "goodbye", "with a goodbye"
        ANOTHER = "another", "another therapist goes on"
        LEFT = "left", "the therapist leaves the practice"
        STOPPED = "stopped", "the client stopped, and no goodbye was possible"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="alliances")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="caseload")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_as = models.CharField(
        max_length=10, blank=True, db_default="", default="", choices=EndedAs, db_comment="plain: how it ended"
    )

    objects = AllianceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "therapist"], condition=Q(until=None), name="one_open_alliance_a_pair"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="alliance_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(client=F("therapist")), name="nobody_is_their_own_therapist"),
            models.CheckConstraint(condition=Q(ended_as="") | Q(until__isnull=False), name="how_it_ended_is_said_at_its_end"),
        ]

    def __str__(self) -> str:
        return f"alliance {self.pk}"


class EmergencyContact(models.Model):
    """Whom the clinic may call. Data of the client; Koru never writes to them."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="emergency_contact")
    name = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    relation = SealedTextField(blank=True)

    def __str__(self) -> str:
        return f"emergency contact of {self.client_id}"


class Invitation(models.Model):
    """A link that opens one account, once, for fourteen days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, db_comment="plain: where the link goes")
    name = models.CharField(max_length=80, db_comment="plain: the name to call them by")
    role = models.CharField(max_length=10, choices=Role, default=Role.CLIENT, db_comment="plain: role of the account")
    zone = models.CharField(max_length=64, db_comment="plain: zone named when they first wrote to us")
    therapist = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField(null=True, blank=True, unique=True)
    token = SealedTextField(owner="id")
    token_hash = models.CharField(max_length=64, unique=True, db_comment="plain: look-up of a random token")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Not used, not taken back, not past its end; the deed that spends it asks again under a lock."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
