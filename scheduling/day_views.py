"""Buttons of the day itself, for the therapist and the desk: here, started, ended, missed. Each posts and goes back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import clinic_required, person_of
from koru.ui.forms import answer

from . import session_day
from .day_forms import EarlyForm, MissedForm, RealTimesForm, reason_of
from .day_state import day_of
from .history import history_of
from .models import Appointment
from .putting_right import put_right
from .refusals import Refused
from .standing import doing

Act = Callable[..., Appointment]


@require_POST
@clinic_required
def arrived(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.arrive, "Noted: they are here.")


@require_POST
@clinic_required
def not_here(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.not_here, "Taken back.")


@require_POST
@clinic_required
def start(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.start, "Started.")


@require_POST
@clinic_required
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    reason = reason_of(EarlyForm(request.POST))
    return _done(request, appointment_id, session_day.end, "Ended. What follows is planned from now.", reason=reason)


@require_POST
@clinic_required
def missed(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    reason = reason_of(MissedForm(request.POST))
    words = "Noted. Nothing follows from it but a kind word to them, in two minutes."
    return _done(request, appointment_id, session_day.miss, words, reason=reason)


@require_POST
@clinic_required
def came(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    return _done(request, appointment_id, session_day.came_after_all, "It holds again.")


@require_safe
def fresh(request: HttpRequest, appointment_id: UUID) -> HttpResponseBase:
    """How it stands, for a page that is open. One whose session has ended is loaded anew: that leads to signing in."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return _news(request, appointment_id)


@clinic_required
def _news(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Nothing when the page has seen all of it. What it says stands on the page that asks, which left the trace."""
    day = day_of(_of_clinic(request, appointment_id), clinic_zone(), timezone.now())
    if request.GET.get("seen") == day.seen:
        return HttpResponse(status=204)
    return render(request, "scheduling/_session_day.html", {"day": day, "back": _back(request, person_of(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@clinic_required
def times(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """What took place: the real times, which can be put right, and who did what."""
    person, found = person_of(request), _of_clinic(request, appointment_id)
    with doing(found, person, "appointment opened"):
        day = day_of(found, clinic_zone(), timezone.now())
        history = history_of(found, day.zone)
    form = RealTimesForm(request.POST if request.method == "POST" else None, appointment=found, zone=day.zone)
    if form.is_valid():
        try:
            put_right(found, form.real, by=person)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, "Kept. What follows counts from the end as it stands now.")
            return redirect("scheduling:times", found.pk)
    base = "base_therapist.html" if person.is_therapist else "base_staff.html"
    context = {"day": day, "it": found, "history": history, "base": base, "back": request.path, "now": day.now}
    return answer(request, "scheduling/times.html", form, context)


def _of_clinic(request: HttpRequest, appointment_id: UUID) -> Appointment:
    """Own appointments for a therapist, all for the desk: the rest is not there."""
    mine = Appointment.objects.of_clinic(person_of(request))
    return get_object_or_404(mine.select_related("kind", "client", "request", "therapist", "room"), pk=appointment_id)


def _done(request: HttpRequest, appointment_id: UUID, act: Act, words: str, **said: str) -> HttpResponse:
    try:
        act(_of_clinic(request, appointment_id), by=person_of(request), **said)
    except Refused as refused:
        messages.warning(request, refused.words)
    else:
        messages.success(request, words)
    return redirect(_back(request, person_of(request)))


def _back(request: HttpRequest, person: Person) -> str:
    """The page the button stood on, if it is one of ours."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("back", "")
    home = "/care/" if person.is_therapist else "/desk/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and safe else home
