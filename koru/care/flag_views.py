"""Flags for those who have to look: the list, one of them, and the three deeds on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import person_of, therapist_required
from koru.safety.flags import Flag
from koru.safety.handling import AlreadyClosed, acknowledge, close, note_done
from koru.ui.forms import answer

from .flag_forms import DoneForm
from .flags import flag_list, open_flag, opened

CLOSED_MEANWHILE = "It was closed meanwhile. What you see is how it was closed."


@require_safe
@therapist_required
def flags(request: HttpRequest) -> HttpResponse:
    with flag_list(person_of(request)) as lines:
        return render(request, "care/flags.html", {"lines": lines})


@require_safe
@therapist_required
def flag(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    with open_flag(flag_id, by=person_of(request), why="flag") as (record, found):
        return render(request, "care/flag.html", {"view": opened(record, found), "client": record.client, "form": DoneForm()})


@require_POST
@therapist_required
def seen(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """ "I've seen this": nobody else is told any more, and the client can see that somebody has looked."""
    with open_flag(flag_id, by=person_of(request), why="flag seen") as (record, found):
        try:
            acknowledge(found.pk, by=record.reader)
            messages.success(request, f"Noted. {record.client.display_name} can see that somebody has looked.")
        except AlreadyClosed:
            messages.warning(request, CLOSED_MEANWHILE)
    return redirect("care:flag", flag_id)


@require_POST
@therapist_required
def done(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """What was done; with the other button it is closed with it."""
    form = DoneForm(request.POST)
    closing = request.POST.get("then") == "close"
    with open_flag(flag_id, by=person_of(request), why="flag closed" if closing else "flag noted") as (record, found):
        if not form.is_valid():
            return answer(request, "care/flag.html", form, {"view": opened(record, found), "client": record.client})
        _keep(request, found, form, record.reader, closing=closing)
    return redirect("care:flags") if closing else redirect("care:flag", flag_id)


def _keep(request: HttpRequest, found: Flag, form: DoneForm, by: Person, *, closing: bool) -> None:
    deed = close if closing else note_done
    try:
        deed(found.pk, form.cleaned_data["outcome"], form.cleaned_data["note"], by=by)
        messages.success(request, "Closed." if closing else "Kept. It stays open.")
    except AlreadyClosed:
        messages.warning(request, CLOSED_MEANWHILE)
