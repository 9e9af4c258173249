"""Rooms, places, and kinds of appointment: what the clinic edits. Models of this app, kept apart."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id
from koru.moments.zones import real_zone


class Room(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60, unique=True, db_comment="content: the room's name")
    zone = models.CharField(
        max_length=64, default="America/New_York", validators=[real_zone], db_comment="content: IANA zone where it stands"
    )
    address = models.CharField(max_length=300, blank=True, db_comment="content: how to find it")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.TextChoices):
    ROOM = "room", "Here, in a room"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"


class AppointmentKind(models.Model):
    """Kinds, lengths, buffers and rules are data: the clinic edits them."""

    slug = models.SlugField(primary_key=True, max_length=20, db_comment="content: consultation, dosing …")
    name = models.CharField(max_length=60, db_comment="content: what it is called")
    neutral_name = models.CharField(max_length=60, default="Appointment", db_comment="content: title in calendars")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(720)])
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=15)
    grid = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(5), MaxValueValidator(240)])
    needs_room = models.BooleanField(default=False)
    needs_consent = models.BooleanField(default=False)
    needs_clearance = models.BooleanField(default=False)
    client_may_book = models.BooleanField(default=False)
    visitor_may_book = models.BooleanField(default=False)
    lead_hours = models.PositiveSmallIntegerField(default=24)
    change_hours = models.PositiveSmallIntegerField(default=24)
    horizon_days = models.PositiveSmallIntegerField(default=60)

    class Meta:
        ordering = ["minutes", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="kind_lasts_five_minutes_to_half_a_day"),
            models.CheckConstraint(condition=Q(grid__gte=5, grid__lte=240), name="kind_starts_on_a_grid"),
        ]

    def __str__(self) -> str:
        return self.name
