"""One appointment at the desk: see it, cancel it. Each opening of a client's is on the list that they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import answer
from scheduling.cancelling import cancel
from scheduling.checklist_page import told_of
from scheduling.conflicts import leave_as_it_is, lying_of
from scheduling.day_state import day_of
from scheduling.history import history_of
from scheduling.integrating import BELONGS, is_without, waive_integration
from scheduling.models import Appointment, CourseDate
from scheduling.pairs import follower_of
from scheduling.refusals import Refused
from scheduling.way_home import name_way_home

from .book_forms import DeskCancelForm, DeskWayHomeForm, WithoutForm
from .recording import DESK
from .seeking import again_link
from .slots import slot_of
from .undoing import way_back

FORM = ["GET", "HEAD", "POST"]


@contextmanager
def opened(appointment_id: UUID, by: Person) -> Iterator[Appointment]:
    """An appointment, through the record it belongs to; a visitor's has none."""
    rows = Appointment.objects.kept().select_related("kind", "client", "request", "therapist", "second_person", "room")
    found = get_object_or_404(rows, pk=appointment_id)
    if found.client is None:
        yield found
        return
    with open_record(found.client, by=by, why=DESK) as record:
        record.looked_at("appointment opened", found.pk)
        yield found


@require_http_methods(FORM)
@desk_required
def appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment. Posting notes who takes the client home, told by phone."""
    by = person_of(request)
    with opened(appointment_id, by) as found:
        form = DeskWayHomeForm(request.POST if request.method == "POST" else None)
        facts = facts_of(found, timezone.now())
        facts |= {"history": history_of(found, facts["day"].zone), "told": told_of(found, facts["day"].now)}
        facts |= lying_of(found, timezone.now()) | _missing(found, timezone.now())
        facts["undo"] = way_back(found) if facts["ahead"] else None
    if form.is_valid():
        name_way_home(found, form.cleaned_data["way_home"], by=by)
        return back_to(request, appointment_id, "Noted. They see it on their page.")
    return answer(request, "desk/appointment.html", form, facts)


@require_POST
@desk_required
def without(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """A session goes without the meeting that belongs to it: who says so, and why."""
    by, form = person_of(request), WithoutForm(request.POST)
    with opened(appointment_id, by) as found:
        pass
    if form.is_valid():
        waive_integration(found, by=by, reason=form.cleaned_data["reason"])
        return back_to(request, appointment_id, "Noted, with your name.")
    messages.error(request, "Pick why it goes without one.")
    return redirect("desk:appointment", appointment_id)


@require_POST
@desk_required
def stays(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """It lies outside the hours, or its clock reads anew, and stays, as somebody here has decided. `list`: from the day."""
    by = person_of(request)
    with opened(appointment_id, by) as found:
        leave_as_it_is(found, by=by)
    if "list" in request.POST:
        messages.success(request, "Noted. It stays as it is.")
        return redirect("desk:today")
    return back_to(request, appointment_id, "Noted. It stays as it is.")


@require_http_methods(FORM)
@desk_required
def cancel_for(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    by = person_of(request)
    with opened(appointment_id, by) as found:
        form = DeskCancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel(found, by=by, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return back_to(request, appointment_id, "Cancelled. A mail tells them; nothing reminds of it.")
    return answer(request, "desk/cancel.html", form, {**facts_of(found, timezone.now()), "along": follower_of(found)})


def facts_of(found: Appointment, now: datetime) -> dict[str, Any]:
    zone = clinic_zone()
    day = day_of(found, zone, now)
    return {
        "it": found,
        "slot": slot_of(found, zone, now),
        "zone": zone,
        "on": found.span.start.astimezone(zone).date(),
        "ahead": found.state == Appointment.State.BOOKED and found.span.start > now,
        "day": day,
        "is_day": day.is_shown,
        "again": again_link(found),
        "back": reverse("desk:appointment", args=[found.pk]),
    }


def _missing(found: Appointment, now: datetime) -> dict[str, Any]:
    """What a session without its integration meeting needs: a link to find one, or why it goes without."""
    if found.kind_id != "dosing" or not is_without(found, now):
        return {}
    first_day = found.ends.astimezone(clinic_zone()).date() + timedelta(days=1)
    in_course = CourseDate.objects.filter(follows__appointment=found).exists()
    return {"find_meeting": again_link(found, BELONGS, first_day), "without": WithoutForm() if in_course else None}


def back_to(request: HttpRequest, appointment_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:appointment", appointment_id)
