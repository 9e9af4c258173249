"""Buttons of the day itself, for the therapist and the desk: started, ended, nobody came. Each posts and goes back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from koru.people.models import Person
from koru.people.permissions import clinic_required, person_of

from . import session_day
from .models import Appointment
from .refusals import Refused


@require_POST
@clinic_required
def start(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.start, "Started.")


@require_POST
@clinic_required
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.end, "Ended. What follows is planned from now.")


@require_POST
@clinic_required
def missed(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.miss, "Noted. Nothing follows from it.")


def _done(request: HttpRequest, appointment_id: UUID, act: Callable[..., Appointment], words: str) -> HttpResponse:
    """Own appointments for a therapist, all for the desk: the rest is not there."""
    person = person_of(request)
    appointment = get_object_or_404(Appointment.objects.of_clinic(person), pk=appointment_id)
    try:
        act(appointment, by=person)
    except Refused as refused:
        messages.warning(request, refused.words)
    else:
        messages.success(request, words)
    return redirect(_back(request, person))


def _back(request: HttpRequest, person: Person) -> str:
    """The page the button stood on, if it is one of ours."""
    wanted = request.POST.get("back", "")
    home = "/care/" if person.is_therapist else "/desk/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and safe else home
