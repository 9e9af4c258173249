"""The calendar file that goes with a letter about an appointment."""

from datetime import datetime

from koru.people.clinic import the_clinic
from koru.reminders.attaching import CalendarFile
from koru.reminders.models import Letter

from .calendar import ics, method_of
from .models import Appointment


def file_of(letter: Letter, link: str, now: datetime) -> CalendarFile | None:
    """For the letter's reader, from the row as it is now. None: the appointment is gone."""
    found = Appointment.objects.filter(pk=letter.about).select_related("kind", "client", "therapist", "room", "request").first()
    if found is None:
        return None
    return CalendarFile(ics(found, the_clinic(), link, now, letter.to), method_of(found))
