"""What was booked before the demo began is no news: its confirmation stays unsent, its reminders are planned."""

from koru.reminders.planning import withdraw
from scheduling.models import Appointment

NEWS = ("appointment-booked", "consultation-booked")


def say_nothing_new(appointment: Appointment) -> None:
    withdraw(appointment.pk, "seeded", NEWS)
