"""The way back from a move, for as long as nobody has been told of it."""

from django.db.models.functions import Now

from scheduling.models import Appointment, AppointmentChange
from scheduling.telling import UNDO


def way_back(appointment: Appointment) -> AppointmentChange | None:
    """The latest change, when it is a move of the last two minutes: `was` is where to go back to."""
    latest = appointment.changes.filter(at__gt=Now() - UNDO).order_by("-at", "-id").first()
    return latest if latest and latest.what == AppointmentChange.What.MOVED and latest.was else None
