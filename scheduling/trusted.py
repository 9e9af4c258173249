"""The one whom a client asked to fetch them, and the link by which that person answers. A model of this app, kept apart."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

LINK_LASTS = timedelta(hours=24)  # after the end


class TrustedPerson(models.Model):
    """Named by the client, and gone when they take it back. Name and addresses are sealed with the client's key.

    `yes_to` is the start that they said yes to: moved to another time, they are asked again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    appointment = models.OneToOneField("scheduling.Appointment", on_delete=models.CASCADE, related_name="trusted")
    name = SealedTextField()
    email = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    token = SealedTextField()
    token_hash = models.CharField(max_length=64, unique=True, db_comment="plain: look-up of a random token")
    asked_at = models.DateTimeField(db_default=Now())
    yes_to = models.DateTimeField(null=True, blank=True)
    no_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "trusted people"
        constraints = [models.CheckConstraint(condition=Q(yes_to=None) | Q(no_at=None), name="yes_or_no_not_both")]

    def __str__(self) -> str:
        return f"trusted person {self.pk}"

    @property
    def has_said_yes(self) -> bool:
        return self.yes_to == self.appointment.starts

    @property
    def ends(self) -> datetime:
        """When the link stops to open."""
        return (self.appointment.ended_at or self.appointment.ends) + LINK_LASTS
