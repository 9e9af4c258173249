"""The calendar file that goes with a letter about an appointment, or about all those of a course."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from koru.people.models import Clinic
from koru.reminders.attaching import CalendarFile
from koru.reminders.models import Letter

from .calendar import Told, ics, method_of, published
from .letter_words import where_words
from .models import Appointment

COURSE = "course-booked"
WHOLE = ("kind", "client", "therapist", "room", "request")


def file_of(letter: Letter, link: str, now: datetime, clinic: Clinic) -> CalendarFile | None:
    """For the letter's reader, from the rows as they are now. None: they are gone. One query."""
    if letter.kind == COURSE:
        return _of_course(letter, now, clinic)
    found = Appointment.objects.filter(pk=letter.about).select_related(*WHOLE).order_by()[:1]
    return CalendarFile(ics(found[0], clinic, link, now, letter.to), method_of(found[0])) if found else None


def _of_course(letter: Letter, now: datetime, clinic: Clinic) -> CalendarFile | None:
    course = Appointment.objects.filter(course_date__course=letter.about).select_related(*WHOLE).order_by("during")
    told = [Told(one, letter.to, _page(one), where_words(one, clinic), now) for one in course]
    return CalendarFile(published(told, clinic, "PUBLISH"), "PUBLISH") if told else None


def _page(appointment: Appointment) -> str:
    return f"{settings.KORU_PUBLIC_URL}{reverse('scheduling:session', args=[appointment.pk])}"
