"""The calendar file that goes with a letter about an appointment, or about all those of a course."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from koru.people.clinic import the_clinic
from koru.reminders.attaching import CalendarFile
from koru.reminders.models import Letter

from .calendar import Told, ics, method_of, published
from .letter_words import where_words
from .models import Appointment

WHOLE = ("kind", "client", "therapist", "room", "request")


def file_of(letter: Letter, link: str, now: datetime) -> CalendarFile | None:
    """For the letter's reader, from the rows as they are now. None: they are gone."""
    found = Appointment.objects.filter(pk=letter.about).select_related(*WHOLE).first()
    if found:
        return CalendarFile(ics(found, the_clinic(), link, now, letter.to), method_of(found))
    course = Appointment.objects.filter(course_date__course=letter.about).select_related(*WHOLE).order_by("during")
    clinic = the_clinic()
    told = [Told(one, letter.to, _page(one), where_words(one, clinic), now) for one in course]
    return CalendarFile(published(told, clinic, "PUBLISH"), "PUBLISH") if told else None


def _page(appointment: Appointment) -> str:
    return f"{settings.KORU_PUBLIC_URL}{reverse('scheduling:session', args=[appointment.pk])}"
