from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.clinic import the_clinic
from koru.people.permissions import person_of, person_required

from .calendar import ics
from .models import Appointment


@require_safe
@person_required
def calendar(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment of one's own, as client or as therapist, as a file for the calendar. It names nobody."""
    person = person_of(request)
    appointment = get_object_or_404(Appointment.objects.with_person(person), pk=appointment_id)
    page = reverse("scheduling:session", args=[appointment.pk]) if person.is_client else "/care/"
    link = settings.KORU_PUBLIC_URL.rstrip("/") + page
    return calendar_file(ics(appointment, the_clinic(), link, timezone.now(), person))


def calendar_file(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    answer["Cache-Control"] = "no-store"
    return answer
