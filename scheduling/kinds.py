"""Rooms, places, and kinds of appointment: what the clinic edits. Models of this app, kept apart."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id
from koru.moments.zones import real_zone


class Equipment(models.Model):
    """What a room may have and a kind may need: a recliner, an oximeter, an eye mask."""

    name = models.CharField(max_length=60, unique=True, db_comment="content: what it is called")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60, unique=True, db_comment="content: the room's name")
    zone = models.CharField(
        max_length=64, default="America/New_York", validators=[real_zone], db_comment="content: IANA zone where it stands"
    )
    address = models.CharField(max_length=300, blank=True, db_comment="content: how to find it")
    is_open = models.BooleanField(default=True)
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="rooms")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.TextChoices):
    ROOM = "room", "Here, in a room"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class SecondPerson(models.TextChoices):
    """Whether somebody sits in beside the therapist: a nurse, or another therapist."""

    NONE = "none", "Nobody"
    OPTIONAL = "optional", "Where somebody is named"
    REQUIRED = "required", "Always"


class AppointmentKind(models.Model):
    """Kinds, lengths, buffers and rules are data: the clinic edits them."""

    slug = models.SlugField(primary_key=True, max_length=20, db_comment="content: consultation, dosing …")
    name = models.CharField(max_length=60, db_comment="content: what it is called")
    neutral_name = models.CharField(max_length=60, default="Appointment", db_comment="content: title in calendars")
    price_words = models.CharField(
        max_length=120,
        blank=True,
        db_comment="content: what it costs, in words",
        help_text="What it costs, in words. Shown where somebody books it.",
    )
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(720)])
    before = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(240)])
    after = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(240)])
    grid = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(5), MaxValueValidator(240)])
    in_room = models.BooleanField("in a room", default=True)
    by_video = models.BooleanField(default=True)
    by_phone = models.BooleanField(default=True)
    equipment = models.ManyToManyField(
        Equipment, blank=True, related_name="kinds", help_text="It takes place in rooms that have all of this."
    )
    second_person = models.CharField(
        max_length=10,
        choices=SecondPerson,
        default=SecondPerson.NONE,
        db_comment="plain: none, optional or required",
        help_text="Who may be that person is said under skills.",
    )
    needs_consent = models.BooleanField(default=False)
    needs_clearance = models.BooleanField(default=False)
    needs_escort = models.BooleanField(
        "asks for a way home", default=False, help_text="Who takes the client home is asked for, and again before the day."
    )
    needs_fasting = models.BooleanField(
        "asks about food", default=False, help_text="On the day it is asked whether the rule about food and drink was kept."
    )
    client_may_book = models.BooleanField(default=False)
    visitor_may_book = models.BooleanField(default=False)
    lead_hours = models.PositiveSmallIntegerField(default=24, validators=[MaxValueValidator(2160)])
    change_hours = models.PositiveSmallIntegerField(default=24, validators=[MaxValueValidator(2160)])
    horizon_days = models.PositiveSmallIntegerField(default=60, validators=[MinValueValidator(1), MaxValueValidator(366)])
    rest_hours = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(2160)],
        help_text="Hours between the end of one and the start of the next for the same client.",
    )
    rest_days = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(180)],
        help_text="Days from one to the next for the same client, by the calendar: 1 is the next day, 7 a week later.",
    )
    daily_cap = models.PositiveSmallIntegerField(
        "at most a day",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
        help_text="For one therapist. Empty: as many as fit.",
    )

    class Meta:
        ordering = ["minutes", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="kind_lasts_five_minutes_to_half_a_day"),
            models.CheckConstraint(condition=Q(grid__gte=5, grid__lte=240), name="kind_starts_on_a_grid"),
            models.CheckConstraint(condition=Q(before__lte=240, after__lte=240), name="kind_is_padded_by_four_hours_at_most"),
            models.CheckConstraint(
                condition=Q(in_room=True) | Q(by_video=True) | Q(by_phone=True),
                name="kind_takes_place_somewhere",
                violation_error_message="Choose at least one of: in a room, by video, by phone.",
            ),
            models.CheckConstraint(condition=Q(second_person__in=SecondPerson.values), name="kind_says_who_sits_in"),
            models.CheckConstraint(
                condition=Q(horizon_days__gte=1, horizon_days__lte=366), name="kind_looks_ahead_a_year_at_most"
            ),
            models.CheckConstraint(
                condition=Q(lead_hours__lte=2160, change_hours__lte=2160), name="kind_asks_for_ninety_days_notice_at_most"
            ),
            models.CheckConstraint(condition=Q(rest_hours__lte=2160, rest_days__lte=180), name="kind_rests_half_a_year_at_most"),
            models.CheckConstraint(condition=Q(daily_cap=None) | Q(daily_cap__gte=1), name="kind_cap_is_one_or_more"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> tuple[Place, ...]:
        """How it may take place, the first being the usual one."""
        offered = {Place.VIDEO: self.by_video, Place.PHONE: self.by_phone, Place.ROOM: self.in_room}
        return tuple(place for place, may in offered.items() if may)

    @property
    def needs_room(self) -> bool:
        """It takes place in a room and nowhere else."""
        return self.in_room and not (self.by_video or self.by_phone)
