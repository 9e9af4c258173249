"""What the clock on the wall was to show when an appointment was placed. A model of this app, kept apart."""

from django.db import models


class WallTold(models.Model):
    """By which zone's clock an appointment was placed, and how far that was ahead of UTC then, by the rules of that day.

    The database alone writes it (migration 0021), whenever an appointment's time or room changes. Governments change their
    clocks, sometimes with weeks of notice: the instant that is booked stays, and this tells whose wall time has moved.
    """

    appointment = models.OneToOneField(
        "scheduling.Appointment", primary_key=True, on_delete=models.DO_NOTHING, related_name="wall_told"
    )
    zone = models.CharField(max_length=64, db_comment="plain: IANA zone of the room, or of the clinic")
    minutes = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "walls told"

    def __str__(self) -> str:
        return f"wall of {self.appointment_id}"
