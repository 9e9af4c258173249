"""A client moves or cancels a session of their own. Too late for that, the page offers a call."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .cancelling import cancel
from .looking import clock_for, monday_said
from .models import Appointment
from .moving import move
from .moving_list import offer_to_move
from .pairs import follower_of
from .refusals import Refused
from .session_facts import facts_of
from .session_forms import CancelForm, MoveForm
from .session_views import own
from .week_pages import week_page

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@client_required
def move_session(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Another time with the same therapist."""
    client, now, posted = person_of(request), timezone.now(), request.method == "POST"
    appointment = own(client, appointment_id)
    wish, only, along = offer_to_move(appointment, client, now)
    clinic = the_clinic()
    clock = clock_for(wish, client, clinic)
    form = MoveForm(request.POST if posted else None, zone=clock.leading)
    refused: Refused | None = None
    chosen = form.chosen_start()
    if form.is_valid():
        try:
            move(appointment, form.cleaned_data["start"], by=client)
        except Refused as answered:
            refused = answered
            form.add_error("start", refused.words)
        else:
            messages.success(
                request, f"Moved. The old time is free again, and its reminders are gone.{_went_along(appointment, client)}"
            )
            return redirect("scheduling:session", appointment.pk)
    week = week_page(wish, clock, _monday(request), now=now, refused=refused, chosen=chosen, only=only)
    form.show(week.values)
    return answer(
        request,
        "scheduling/move.html",
        form,
        {**_context(appointment, client, clinic), "week": week, **_along(along, client, clinic)},
    )


@require_http_methods(PAGE)
@client_required
def cancel_session(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """With a reason out of a short list; the last moment for it is on the page."""
    client = person_of(request)
    appointment = own(client, appointment_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel(appointment, by=client, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, "Cancelled. Nothing will remind you of it.")
            return redirect("scheduling:session", appointment.pk)
    clinic = the_clinic()
    context = {**_context(appointment, client, clinic), **_along(follower_of(appointment), client, clinic)}
    return answer(request, "scheduling/cancel.html", form, context)


def _along(along: Appointment | None, client: Person, clinic: Clinic) -> dict[str, object]:
    """What belongs to it, and goes where it goes."""
    return {"along": facts_of(along, ZoneInfo(client.zone), clinic, timezone.now()) if along else None}


def _went_along(session: Appointment, client: Person) -> str:
    meeting = follower_of(session)
    if meeting is None:
        return ""
    now = facts_of(meeting, ZoneInfo(client.zone), the_clinic(), timezone.now())
    return f" Its integration meeting went with it: {now.when}."


def _monday(request: HttpRequest) -> date | None:
    return monday_said((request.POST if request.method == "POST" else request.GET).get("week", ""))


def _context(appointment: Appointment, client: Person, clinic: Clinic) -> dict[str, object]:
    return {"it": facts_of(appointment, ZoneInfo(client.zone), clinic, timezone.now()), "clinic": clinic}
